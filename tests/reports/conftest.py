"""The world and a form filled in as a village officer fills it in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from tests.cast import Cast
from timpora.recaps.counting import counts
from timpora.reports.models import Report
from timpora.team.models import Mandate


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def filled(**changed: str) -> dict[str, str]:
    """What the form sends for "Lin Yi-Chun" of Taiwan; a field changed to "" is sent empty."""
    given = {
        "sent_id": str(uuid4()), "kind": "present", "names": "Lin Yi-Chun",
        "nationality": "Taiwan", "sex": "F",
        "birth_date_day": "03", "birth_date_month": "05", "birth_date_year": "1990",
        "address": "mess PT Muria Jaya, RT 02/RW 03", "event_on": "2026-11-24",
    }  # fmt: skip
    return given | changed


def send(by: Mandate | Client, **changed: str) -> Any:
    """The answer to the form that was sent."""
    client = by if isinstance(by, Client) else cast.sign_in(by)
    return client.post("/reports/new/", filled(**changed))


def only() -> Report:
    found: Report = Report.objects.get()
    return found


def counted() -> tuple[int, int]:
    """The people and those who wait, in the whole country."""
    found = counts("ID")
    return found.people, found.waiting
