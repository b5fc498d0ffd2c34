"""A guest comes: one entry, whoever sends it how often, and nothing that no guest can be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import BAKALAN, PASSPORT, Cast, report
from tests.pages import text
from tests.stays import house
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict, Refusal
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Residence, Statement
from timpora.reports.models import Report
from timpora.stays.models import GuestRefused, Sending, Stay
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def test_a_guest_who_is_checked_in_is_a_visitor_at_every_tier_and_nobodys_resident(
    world: Cast, hotel: Mandate, desk: Any
) -> None:
    answer = desk.post("/stays/new/", house.posted({}))
    assert answer.status_code == 303
    stay = Stay.objects.get()
    assert stay.statement.source == Statement.Source.STAY
    for code in (BAKALAN, "33.19.01", "33.19", "kanim-semarang", "33", "ID"):
        assert (counts(code).visitors, counts(code).people, counts(code).waiting) == (1, 0, 0)
    assert not Person.objects.exists() and not Residence.objects.exists()
    entry = Entry.objects.get(action="stay.checked_in")
    assert (entry.area, entry.subject, entry.detail) == (BAKALAN, f"stay:{stay.pk}", "")


def test_the_number_is_sealed_and_shown_masked_to_the_lodging(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel)
    assert house.PASSPORT not in str(stay.statement.values)
    page = text(desk.get(f"/stays/{stay.pk}/"))
    assert "XQ••••21" in page and house.PASSPORT not in page


def test_the_same_guest_sent_five_times_is_one_stay(hotel: Mandate) -> None:
    same = house.arrival()
    numbers = {Sending.objects.receive([same], by=hotel).pk for _ in range(5)}
    assert len(numbers) == 1 and Stay.objects.count() == 1 and Sending.objects.count() == 1


def test_the_same_number_with_another_guest_is_a_conflict(hotel: Mandate) -> None:
    number = uuid4()
    house.check_in(hotel, sent_id=number)
    with pytest.raises(GuestRefused) as refused:
        house.check_in(hotel, sent_id=number, names="Somebody Else")
    assert (refused.value.code, refused.value.status) == ("id_reused", 409)
    assert Stay.objects.count() == 1


def test_a_guest_twice_in_the_same_night_is_refused_and_may_come_back_after_leaving(hotel: Mandate) -> None:
    first = house.check_in(hotel, on=house.ago(3))
    with pytest.raises(GuestRefused) as refused:
        house.check_in(hotel)
    assert (refused.value.code, refused.value.field) == ("in_already", "names")
    first.check_out(by=hotel, on=house.TODAY)
    house.check_in(hotel)
    assert Stay.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"on": house.TODAY + timedelta(days=1)}, "arrived_on", "future"),
        ({"on": house.ago(500)}, "arrived_on", "too_old"),
        ({"until": house.ago(1)}, "until", "end_before_start"),
        ({"until": house.TODAY + timedelta(days=700)}, "until", "too_far"),
        ({"names": "  "}, "names", "unseen"),
        ({"names": "12345"}, "names", "no_name"),
        ({"names": "Wix\0olt"}, "names", "unseen"),
        ({"names": "W" * 201}, "names", "too_long"),
        ({"nationality": "Atlantis"}, "nationality", "nationality_unknown"),
        ({"nationality": "IDN"}, "nationality", "indonesian"),
        ({"sex": "?"}, "sex", "sex_unknown"),
        ({"birth_date": "1990-02-31"}, "birth_date", "impossible"),
        ({"birth_date": "2031"}, "birth_date", "future"),
        ({"birth_date": ""}, "birth_date", "unparsable"),
        ({"birth_date": "2026-11-26"}, "birth_date", "future"),
        ({"document_kind": ""}, "document_kind", "kind_missing"),
        ({"document_number": "--"}, "document_number", "no_number"),
        ({"document_issuer": "Nowhere"}, "document_issuer", "issuer_unknown"),
        ({"document_kind": "inpass"}, "parent", "parent_missing"),
        ({"document_kind": "inpass", "parent": "Wixolt Sr"}, "document_number", "parents_number"),
    ],
)
def test_what_no_guest_can_be_is_refused_beside_its_field(
    hotel: Mandate, changed: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        house.check_in(hotel, **changed)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not Stay.objects.exists() and not Statement.objects.exists()


def test_a_child_in_a_parents_passport_has_no_number_of_its_own(hotel: Mandate) -> None:
    house.check_in(hotel)
    child = house.check_in(
        hotel, names="Wixolt Junior", document_kind="inpass", document_number="", parent="Brannagh Wixolt"
    )
    assert child.statement.document_key == ""
    assert child.values["parent"] == "Brannagh Wixolt" and "document_kind" not in child.values
    assert counts(BAKALAN).visitors == 2


def test_several_come_on_one_form_and_another_row_asks_nothing_yet(desk: Any) -> None:
    page = desk.post("/stays/new/", house.posted({"names": "Only Typed"}, more="1"))
    body = text(page)
    assert page.status_code == 200 and "Only Typed" in body and 'name="g1-names"' in body
    assert "errors" not in body and not Stay.objects.exists()
    assert 'name="g1-names"' not in text(
        desk.post("/stays/new/", house.posted({}, {"names": "Two"}, fewer="1"))
    )
    guests = [{"names": f"Guest {'ABC'[n]}", "document_number": f"ZZ12345{n}"} for n in range(3)]
    assert desk.post("/stays/new/", house.posted(*guests)).status_code == 303
    assert Stay.objects.count() == 3 and Sending.objects.count() == 1


def test_of_a_group_with_one_fault_nobody_is_in_and_nothing_typed_is_lost(desk: Any) -> None:
    guests = [{"names": "Guest A"}, {"names": "Guest B", "nationality": "Atlantis", "document_number": "Z1"}]
    answer = desk.post("/stays/new/", house.posted(*guests))
    assert answer.status_code == 400 and not Stay.objects.exists()
    assert "Guest A" in text(answer) and "Atlantis" in text(answer)
    answer = desk.post("/stays/new/", house.posted({"names": "Guest A"}, {"names": "Guest B"}))
    assert answer.status_code == 400 and "sudah berada di rumah" in text(answer)
    assert not Stay.objects.exists()


def test_a_formula_and_markup_stay_the_text_they_are(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel, names='=HYPERLINK("x") <script>')
    page = text(desk.get(f"/stays/{stay.pk}/"))
    assert "<script>" not in page.split("<main", 1)[1] and "=HYPERLINK" in page


def test_a_closed_lodging_takes_nobody_in(world: Cast, hotel: Mandate) -> None:
    hotel.post.lodging.close(by=world.kaliwungu)
    with pytest.raises(Conflict) as refused:
        house.check_in(hotel)
    assert refused.value.code == "lodging_closed"


@pytest.mark.parametrize("kind", ["boarding", "mess", "dormitory", "pesantren"])
def test_where_people_live_a_check_in_is_the_report_of_an_arrival(world: Cast, kind: str) -> None:
    by = house.host(world, kind, name="Kos Uji")
    stay = house.check_in(by, on=house.ago(2))
    sent = Report.objects.get()
    assert (sent.kind, sent.state, sent.post_id) == ("arrived", "submitted", by.post_id)
    assert (counts(BAKALAN).visitors, counts(BAKALAN).waiting) == (0, 1)
    assert list(Report.objects.awaiting(world.kaliwungu)) == [sent]
    assert stay.statement == sent.statement and stay.values["address"] == "Kos Uji, Jl. Contoh 1"
    sent.confirm(by=world.kaliwungu)
    assert (counts(BAKALAN).people, counts(BAKALAN).visitors) == (1, 0)


def test_a_resident_on_a_trip_is_no_visitor_and_stays_counted_at_home(world: Cast, hotel: Mandate) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    house.check_in(
        hotel, names="LIN YI-CHUN", nationality="TWN", birth_date="1990-05-03", document_issuer="TWN",
        document_number="A 1234567",
    )  # fmt: skip
    assert (counts("33.19").visitors, counts("33.19").people, counts(cast.GETAS).people) == (0, 1, 1)
    assert Statement.objects.get(source="stay").person is None  # nothing is settled by a stay


def test_who_is_no_lodging_finds_no_desk(world: Cast, hotel: Mandate) -> None:
    for who in (world.bakalan, world.kudus, world.operator, world.labour):
        assert cast.sign_in(who).get("/stays/new/").status_code == 404
        assert cast.sign_in(who).post("/stays/new/", house.posted({})).status_code == 404


def test_no_page_of_the_team_is_open_to_a_lodging(desk: Any) -> None:
    for path in ("/counts/33.19/", "/team/", "/notices/", "/reports/", "/search/", "/lodgings/", "/stays/"):
        assert desk.get(path).status_code in (302, 404), path
    assert desk.get("/counts/33.19/").status_code == desk.get("/team/").status_code == 404
    assert desk.get("/").status_code == desk.get("/your-role/").status_code == 200
