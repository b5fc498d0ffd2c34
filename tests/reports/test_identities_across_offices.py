"""A doubtful report across offices: the office of the report decides after the other has agreed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import Cast, report
from tests.pages import text
from tests.reports.conftest import counted
from timpora.ledger.models import Entry
from timpora.registry.models import Agreement
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.team.roles import Tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_offices(world: Cast) -> tuple[Cast, Mandate, Report]:
    """A namesake reported in Kudus (Semarang) of somebody who lives in Pati (another office)."""
    pati = cast.pati()
    report(pati.village, **cast.PASSPORT).confirm(by=pati.district)
    namesake = report(world.bakalan, birth_date="1990")
    namesake.confirm(by=world.kaliwungu)
    return world, pati.officer, namesake


def test_across_offices_the_office_of_the_report_decides_after_the_other_agreed(
    two_offices: tuple[Cast, Mandate, Report],
) -> None:
    world, officer, namesake = two_offices
    namesake.refresh_from_db()
    assert namesake.tier == Tier.OFFICE
    semarang, pati = cast.sign_in(world.immigration), cast.sign_in(officer)
    early = semarang.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"})
    assert early.status_code == 400
    assert "belum menyetujui" in text(early)
    assert semarang.post(f"/identities/{namesake.pk}/agreement/").status_code == 400

    # Each sees the values of its own record alone, of the other only how it compares.
    mine, theirs = (text(client.get(f"/identities/{namesake.pk}/")) for client in (semarang, pati))
    assert "Bakalankrapyak" in mine and "Pati" not in mine and "3 Mei 1990" not in mine
    assert "3 Mei 1990" in theirs and "Bakalankrapyak" not in theirs
    assert pati.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 400
    assert pati.get(f"/reports/{namesake.pk}/").status_code == 404

    assert namesake.receipt in text(pati.get("/identities/"))
    assert pati.post(f"/identities/{namesake.pk}/agreement/").status_code == 303
    assert Agreement.objects.get().office == "kanim-pati"
    assert Entry.objects.get(action="identity.agreed").mandate == officer.pk
    assert namesake.receipt not in text(pati.get("/identities/"))
    again = pati.post(f"/identities/{namesake.pk}/agreement/")
    assert again.status_code == 409
    assert "sudah menyetujui" in text(again) and namesake.receipt in text(again)
    assert "Lin Yi-Chun" not in text(again)
    assert Agreement.objects.count() == 1
    assert semarang.post(f"/identities/{namesake.pk}/decision/", {"decision": "other"}).status_code == 303
    assert counted() == (2, 0)
    # What the other office agreed to is no business of it afterwards.
    assert pati.get(f"/identities/{namesake.pk}/").status_code == 404


def test_an_office_that_is_not_asked_sees_nothing(two_offices: tuple[Cast, Mandate, Report]) -> None:
    world, _officer, namesake = two_offices
    for mandate in (world.kudus, world.demak_regency, world.kaliwungu, world.labour, world.auditor):
        client = cast.sign_in(mandate)
        assert client.get(f"/identities/{namesake.pk}/").status_code == 404
        assert client.post(f"/identities/{namesake.pk}/agreement/").status_code == 404


def test_what_another_office_is_asked_takes_the_same_few_questions_however_much(world: Cast) -> None:
    pati = cast.pati()
    client = cast.sign_in(pati.officer)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def reported_in_both(name: str, year: int) -> Report:
        who = {"names": name, "birth_date": str(year)}
        report(pati.village, **who).confirm(by=pati.district)
        report(world.bakalan, **who).confirm(by=world.kaliwungu)
        found: Report = Report.objects.order_by("-pk")[0]
        return found

    first = reported_in_both("Nama Satu", 1960)
    pages = ("/", "/identities/", f"/identities/{first.pk}/")
    few = [asked(address) for address in pages]
    for number, name in enumerate(("Nama Kedua", "Nama Ketiga", "Nama Keempat"), 1961):
        reported_in_both(name, number)
    assert "4 identitas" in text(client.get("/"))
    assert len(client.get("/identities/").context["asked"]) == 4
    assert [asked(address) for address in pages] == few
