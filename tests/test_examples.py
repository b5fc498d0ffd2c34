"""The examples that decide what one number means, each as its own sentence."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, TODAY, Cast, report
from tests.stays import house
from timpora.areas.models import Area
from timpora.ledger.models import Entry
from timpora.ledger.verify import verify
from timpora.recaps.counting import counts, plain
from timpora.recaps.models import Return
from timpora.recaps.models.monthly_return import NilRefused
from timpora.recaps.month import Month
from timpora.registry.models import Claim, Person
from timpora.registry.models.tally import fold
from timpora.reports.models import Report
from timpora.stays.models import Stay

pytestmark = pytest.mark.django_db
TIERS = (BAKALAN, "33.19.01", "33.19", "kanim-semarang", "33", "ID")


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def figures(*codes: str) -> list[tuple[int, int]]:
    """People and waiting of each place, checked against the plain grouping."""
    found = []
    for code in codes:
        fast, slow = counts(code), plain(code)
        assert fast == slow, code
        for figure in (fast, slow):
            assert sum(part.people for part in figure.below) == figure.people or not figure.below
        found.append((fast.people, fast.waiting))
    return found


def test_a_new_person_waits_at_every_tier_until_the_district_confirms_and_then_counts_at_every_tier(
    world: Cast,
) -> None:
    sent = report(world.bakalan)
    assert figures(*TIERS) == [(0, 1)] * 6
    sent.confirm(by=world.kaliwungu)
    assert figures(*TIERS) == [(1, 0)] * 6
    fold()
    assert figures(*TIERS) == [(1, 0)] * 6
    assert verify().sound


def test_the_same_report_sent_five_times_is_one_report_with_one_receipt(world: Cast) -> None:
    number = uuid4()
    receipts = {report(world.bakalan, sent_id=number).receipt for _ in range(5)}
    assert len(receipts) == 1
    assert Report.objects.count() == 1
    assert figures("ID") == [(0, 1)]


def test_two_villages_of_two_districts_that_report_one_passport_make_one_person_and_one_claim(
    world: Cast,
) -> None:
    first, second = report(world.bakalan, **PASSPORT), report(world.getas, **PASSPORT)
    first.confirm(by=world.kaliwungu)
    second.confirm(by=world.jati)
    assert figures(*TIERS, GETAS) == [(1, 0)] * 6 + [(0, 0)]
    claim = Claim.objects.get()
    assert claim.counted_in_id == BAKALAN
    assert list(Claim.objects.awaiting(world.kudus)) == [claim]
    assert not Claim.objects.awaiting(world.jati).exists()
    claim.decide(by=world.kudus, outcome=Claim.Outcome.MOVED)
    assert figures("ID", BAKALAN, GETAS) == [(1, 0), (0, 0), (1, 0)]


def test_a_later_arrival_in_a_third_village_moves_the_count_and_closes_the_claim(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    third = report(world.demak, kind="arrived", on=TODAY + timedelta(days=1), **PASSPORT)
    third.confirm(by=world.demak_district)
    assert figures("ID", BAKALAN, GETAS, cast.DEMAK) == [(1, 0), (0, 0), (0, 0), (1, 0)]
    assert Claim.objects.get().outcome == Claim.Outcome.ARRIVED
    moved_out = Entry.objects.get(action="residence.moved_out")
    assert (moved_out.area, moved_out.detail) == (BAKALAN, "")


def test_a_doubtful_namesake_waits_for_a_decision_that_can_be_undone(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    namesake = report(world.prambatan)
    namesake.confirm(by=world.kaliwungu)
    namesake.refresh_from_db()
    assert namesake.is_doubtful
    assert figures("ID", BAKALAN, cast.PRAMBATAN) == [(1, 1), (1, 0), (0, 1)]
    before = figures(*TIERS, cast.PRAMBATAN)

    namesake.decide_identity(by=world.kaliwungu, person=Person.objects.get())
    assert Person.objects.count() == 1
    assert figures("ID") == [(1, 0)]
    namesake.undo_identity(by=world.kaliwungu, reason="wrong")
    assert figures(*TIERS, cast.PRAMBATAN) == before

    namesake.decide_identity(by=world.kaliwungu, person=None)
    assert figures("ID", cast.PRAMBATAN) == [(2, 0), (1, 0)]
    namesake.undo_identity(by=world.kaliwungu, reason="wrong")
    assert figures(*TIERS, cast.PRAMBATAN) == before
    assert Person.objects.count() == 1


def test_nil_is_refused_over_a_resident_a_waiting_arrival_or_an_open_claim(world: Cast) -> None:
    october = Month(2026, 10)
    village = Area.objects.get(code=GETAS)
    sent = report(world.getas, on=date(2026, 10, 5), **PASSPORT)
    with pytest.raises(NilRefused) as waiting:
        Return.objects.sign_nil(by=world.getas, area=village, month=october)
    assert len(waiting.value.first) == 1
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    sent.confirm(by=world.jati)
    with pytest.raises(NilRefused):
        Return.objects.sign_nil(by=world.getas, area=village, month=october)
    Claim.objects.get().decide(by=world.kudus, outcome=Claim.Outcome.STAYS)
    signed = Return.objects.sign_nil(by=world.getas, area=village, month=october)
    assert signed.content == Return.Content.NIL
    with pytest.raises(NilRefused):
        Return.objects.sign_nil(by=world.bakalan, area=Area.objects.get(code=BAKALAN), month=october)


def test_a_hotel_that_checks_in_a_resident_on_a_trip_changes_no_figure(world: Cast) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    before = [counts(code) for code in (*TIERS, GETAS)]
    lin = {"names": "LIN YI-CHUN", "nationality": "TWN", "birth_date": "1990-05-03", "document_issuer": "TWN"}
    house.check_in(house.host(world), **lin, document_number="A1234567")
    assert [counts(code) for code in (*TIERS, GETAS)] == before
    assert before[2].people == 1 and before[2].visitors == 0
    assert Stay.objects.here().count() == 1


def test_unconfirming_takes_everything_back(world: Cast) -> None:
    sent = report(world.bakalan, **PASSPORT)
    sent.confirm(by=world.kaliwungu)
    sent.unconfirm(by=world.kaliwungu, reason="undone at once")
    assert figures(*TIERS) == [(0, 1)] * 6
    assert not Person.objects.exists()
    sent.confirm(by=world.kaliwungu)
    assert figures(*TIERS) == [(1, 0)] * 6
