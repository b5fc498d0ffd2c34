"""Over a line that loses a third of everything, with a server that is killed, each report arrives once."""

from __future__ import annotations

from typing import Any

import pytest

from tests import installed
from tests.browser.outbox_trial import trial

pytestmark = [pytest.mark.browser, pytest.mark.long]

REPORTS = 45  # `make bench` sends a thousand


def test_no_report_is_lost_and_none_is_doubled(
    contexts: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    installation = installed.copy(installed.demo(), tmp_path_factory.mktemp("trial"))
    try:
        found = trial(contexts, installation.start("demo"), REPORTS, kills=2)
    finally:
        installation.stop()
    print(found)
    assert found["broken"] > REPORTS / 2
    assert found["kills"] >= 1
    assert found["stuck"] == []
    assert (found["stored"], found["accepted"], found["lost"], found["doubled"]) == (
        REPORTS,
        REPORTS,
        0,
        0,
    ), found
