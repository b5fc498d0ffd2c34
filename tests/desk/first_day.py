"""What the tests of the first day's checklist share."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.pages import text
from timpora.areas.models import Office
from timpora.desk.setup.checklist import checklist
from timpora.ledger.models import Entry
from timpora.team.models import Team

PATI = "/setup/kanim-pati/"
DAYS = {"due_day": "5", "grace_days": "0", "silent_days": "3", "claim_days": "7", "unconfirmed_days": "60",
        "suppress_below": "5"}  # fmt: skip
PROPOSED = {
    "letterhead": {"letterhead": "KEMENTERIAN"},
    "tiers": {"verifying_tiers": "district"},
    "deadlines": DAYS,
}


def flat(response: Any) -> str:
    """What a page says, on one line."""
    return " ".join(text(response).split())


def state(slug: str, code: str = "kanim-pati") -> bool:
    return checklist(Office.objects.get(pk=code)).step(slug).done


def nothing_written(client: Client, path: str, data: dict[str, Any]) -> str:
    """The page of a refused form; no row of an office, a team or the ledger changed."""
    before = Entry.objects.count(), list(Office.objects.values()), Team.objects.count()
    response = client.post(path, data)
    assert response.status_code == 400
    assert (Entry.objects.count(), list(Office.objects.values()), Team.objects.count()) == before
    return flat(response)
