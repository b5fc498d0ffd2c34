"""The number of a receipt, at the turn of a month."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from timpora.receipt import receipt


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 11, 30, 16, 59, tzinfo=UTC), "2611"),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), "2612"),
    ],
)
def test_the_month_turns_at_midnight_of_the_installation_and_not_in_greenwich(
    at: datetime, month: str
) -> None:
    assert receipt("L", at, 42) == f"L{month}-000042"
