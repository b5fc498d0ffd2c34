"""The legal gate: without a record in force no list is taken, and whoever may is led to its form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.exchange.given import CHEN as ROW
from tests.exchange.given import FIELDS, agree, mapped, receive, table, terms, upload
from tests.pages import text
from timpora.areas.models import Area
from timpora.exchange.models import Batch, Sharing
from timpora.ledger.models import Detail, Entry
from timpora.ledger.refusal import Refusal

pytestmark = pytest.mark.django_db

FORM = {
    "giver": "disnaker", "kind": "workers", "purpose": "Pencocokan", "fields_": list(FIELDS),
    "legal_basis": "UU 27/2022", "paper_number": "BA-1", "paper_day": "2026-01-10", "starts_on": "2026-01-01",
    "ends_on": "2027-01-01", "keep_months": "24", "contact": "Kepala Seksi",
}  # fmt: skip


def test_without_a_record_no_list_is_taken_and_the_page_says_whom_to_ask(world: Any) -> None:
    page = cast.sign_in(world.labour).get("/lists/new/")
    assert "/lists/sharings/new/" not in text(page)
    assert "ketua" in text(page).lower() or "chair" in text(page)
    assert "/lists/sharings/new/" in text(cast.sign_in(world.immigration).get("/lists/new/"))
    other = agree(world, "kesbangpol", "own")
    assert upload(cast.sign_in(world.labour), other, table([ROW])).status_code == 400
    assert not Batch.objects.exists()


@pytest.mark.parametrize("who", ["immigration", "chair"])
def test_the_office_agrees_a_record_and_from_then_on_the_agency_may_send(world: Any, who: str) -> None:
    client = cast.sign_in(world.everyone()[who])
    assert client.get("/lists/sharings/new/").status_code == 200
    answer = client.post("/lists/sharings/new/", FORM)
    assert answer.status_code == 303, text(answer)
    assert client.get(answer["Location"]).status_code == 200
    assert Entry.objects.filter(action="sharing.agreed").count() == 1
    assert upload(cast.sign_in(world.labour), Sharing.objects.get(), table([ROW])).status_code == 303


def test_nobody_else_agrees_one(world: Any) -> None:
    for name, mandate in world.everyone().items():
        if name not in ("immigration", "chair"):
            assert cast.sign_in(mandate).post("/lists/sharings/new/", FORM).status_code == 404, name
            with pytest.raises(Refusal):
                Sharing.objects.agree(by=mandate, terms=terms())
    assert not Sharing.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fields_": ["names"]}, "fields_"),
        ({"ends_on": "2025-01-01"}, "ends_on"),
        ({"keep_months": "0"}, "keep_months"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_a_record_says_all_that_the_law_asks(world: Any, changed: dict[str, Any], field: str) -> None:
    answer = cast.sign_in(world.chair).post("/lists/sharings/new/", FORM | changed)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Sharing.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_on": date(2026, 12, 1)},
        {"ends_on": date(2026, 11, 24)},
        {"giver": "kesbangpol"},
    ],
)
def test_a_record_of_another_time_or_agency_opens_nothing(world: Any, changed: dict[str, Any]) -> None:
    giver = changed.pop("giver", "disnaker")
    sharing = agree(world, giver, **changed)
    with pytest.raises(Refusal) as refusal:
        receive(world.labour, sharing, table([ROW]))
    assert refusal.value.code == "no_sharing"


def test_a_record_that_was_ended_takes_no_list_in_that_was_sent_before(world: Any) -> None:
    sharing = agree(world)
    batch = mapped(world.labour, sharing, [ROW])
    client = cast.sign_in(world.immigration)
    assert client.post(f"/lists/sharings/{sharing.pk}/ending/", {"reason": ""}).status_code == 400
    assert client.post(f"/lists/sharings/{sharing.pk}/ending/", {"reason": "MoU berakhir"}).status_code == 303
    with pytest.raises(Refusal) as refusal:
        batch.commit(by=world.labour)
    assert refusal.value.code == "no_sharing"
    entry = Entry.objects.get(action="sharing.ended")
    assert Detail.objects.get(entry=entry.number).values.count("MoU berakhir") == 1
    assert client.post(f"/lists/sharings/{sharing.pk}/ending/", {"reason": "x"}).status_code == 409


def test_a_list_speaks_of_a_regency_within_reach_and_of_no_day_to_come(world: Any) -> None:
    sharing = agree(world)
    for changed, field in (
        ({"area": Area.objects.get(code="33.21")}, "area"),
        ({"area": Area.objects.get(code="33.19.01")}, "area"),
        ({"as_of": date(2026, 11, 26)}, "as_of"),
        ({"data": b""}, "file"),
    ):
        said = {"data": table([ROW])} | changed
        with pytest.raises(Refusal) as refusal:
            receive(world.labour, sharing, said.pop("data"), **said)
        assert refusal.value.field == field


def test_a_contributor_sees_its_own_records_and_lists_and_nobody_outside_sees_any(world: Any) -> None:
    own, other = agree(world), agree(world, "kesbangpol", "own")
    batch = mapped(world.labour, own, [ROW])
    labour = cast.sign_in(world.labour)
    assert labour.get(f"/lists/sharings/{own.pk}/").status_code == 200
    assert labour.get(f"/lists/sharings/{other.pk}/").status_code == 404
    for name in ("kudus", "immigration", "chair"):
        assert cast.sign_in(world.everyone()[name]).get(f"/lists/{batch.pk}/").status_code == 200, name
    for name in ("demak_regency", "bakalan", "kaliwungu", "province", "nation", "auditor", "operator"):
        client = cast.sign_in(world.everyone()[name])
        assert client.get(f"/lists/{batch.pk}/").status_code == 404, name
        assert client.get(f"/lists/sharings/{own.pk}/").status_code in (
            {200} if name == "demak_regency" else {404}
        )
    pati = cast.pati()
    assert cast.sign_in(pati.officer).get(f"/lists/sharings/{own.pk}/").status_code == 404
