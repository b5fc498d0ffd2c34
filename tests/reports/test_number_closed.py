"""A number whose key is lost: the pages open, and who answers the report writes the number once more."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast, report
from tests.pages import text
from tests.reports.conftest import filled
from timpora import vault
from timpora.registry import sealed
from timpora.registry.masks import DOTS
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(world: Cast) -> Report:
    """A report that was sent back, and whose permit number no key opens."""
    sent = report(world.bakalan, permit_number=" 2C11 AB7")
    sent.send_back(by=world.kaliwungu, reason="Mohon dilengkapi")
    sent.statement.values["permit_number"] = vault.current().seal("2C11AB7", "another place")
    sent.statement.save()
    return sent


def test_the_reports_page_opens_and_shows_no_number(world: Cast, closed: Report) -> None:
    assert DOTS in text(cast.sign_in(world.immigration).get(f"/reports/{closed.pk}/"))


def test_the_answer_asks_for_the_number_and_keeps_what_was_typed(world: Cast, closed: Report) -> None:
    desa, address = cast.sign_in(world.bakalan), f"/reports/new/?replaces={closed.pk}"
    refused = desa.post(address, filled(address="kos Ibu Ratmi", permit_number=""))
    assert refused.status_code == 400 and "kos Ibu Ratmi" in text(refused)
    assert "tidak dapat dibuka" in " ".join(refused.context["form"].errors["permit_number"])
    assert desa.post(address, filled(permit_number="2c11-ab7")).status_code == 303
    said = Report.objects.get(replaces=closed).values["permit_number"]
    assert sealed.opened("permit_number", said) == "2c11-ab7"
