"""Open claims stand against where the person is counted now, whatever moved them there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, PASSPORT, Cast, report
from tests.pages import text
from tests.recaps.offices_life import Life, lives
from timpora.ledger.models import Entry
from timpora.recaps.counting import counts
from timpora.registry.models import Claim, Merger, Person
from timpora.reports.models import Report
from timpora.team.roles import Tier

pytestmark = pytest.mark.django_db
EARLIER = date(2026, 11, 20)


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def present(village: Any, district: Any, on: date = EARLIER, **more: Any) -> Report:
    sent = report(village, on=on, **PASSPORT, **more)
    sent.confirm(by=district)
    sent.refresh_from_db()
    return sent


@pytest.fixture
def two_claims(world: Cast) -> tuple[Claim, Claim]:
    """Counted in Bakalankrapyak, also reported in Getas and in Demak."""
    present(world.bakalan, world.kaliwungu)
    present(world.getas, world.jati)
    present(world.demak, world.demak_district)
    from_getas, from_demak = Claim.objects.order_by("pk")
    return from_getas, from_demak


def people(*codes: str) -> list[int]:
    return [counts(code).people for code in codes]


def test_after_a_decision_the_next_question_goes_to_the_village_that_counts_the_person_now(
    world: Cast, two_claims: tuple[Claim, Claim]
) -> None:
    from_getas, from_demak = two_claims
    from_demak.respond(by=world.bakalan, answer="stays")
    cast.sign_in(world.kudus).post(f"/claims/{from_getas.pk}/decision/", {"outcome": "moved"})
    from_demak.refresh_from_db()
    assert (from_demak.counted_in_id, from_demak.closed_at) == (GETAS, None)
    # The first village's answer speaks for it no longer; the new one is asked with days of its own.
    assert (from_demak.answer, from_demak.tier) == ("", Tier.OFFICE)
    assert Entry.objects.get(action="claim.passed_on").area == GETAS
    assert cast.sign_in(world.bakalan).get(f"/claims/{from_demak.pk}/").status_code == 404
    getas = cast.sign_in(world.getas)
    assert f"/claims/{from_demak.pk}/" in text(getas.get("/claims/"))
    getas.post(f"/claims/{from_demak.pk}/answer/", {"answer": "moved"})
    assert people(BAKALAN, GETAS, DEMAK, "ID") == [0, 0, 1, 1]
    assert not Claim.objects.open().exists()


def test_a_page_from_before_the_person_was_counted_elsewhere_decides_nothing(
    world: Cast, two_claims: tuple[Claim, Claim]
) -> None:
    from_getas, from_demak = two_claims
    office = cast.sign_in(world.immigration)
    seen = office.get(f"/claims/{from_demak.pk}/").context["claim"].version
    from_getas.decide(by=world.kudus, outcome="moved")
    late = office.post(f"/claims/{from_demak.pk}/decision/", {"outcome": "stays", "seen": seen})
    assert late.status_code == 409
    assert "sekarang desa lain" in text(late)
    from_demak.refresh_from_db()
    assert from_demak.closed_at is None


def test_a_claim_from_the_village_that_counts_the_person_now_is_settled(
    world: Cast, two_claims: tuple[Claim, Claim]
) -> None:
    from_getas, from_demak = two_claims
    person = Person.objects.get()
    report(world.bakalan, kind="left", left="unknown", person=person).confirm(by=world.kaliwungu)
    assert people("ID") == [0]
    assert Claim.objects.open().count() == 2  # counted nowhere, both wait for their deciding tier
    assert not Claim.objects.awaiting(world.bakalan).exists()
    assert "tidak di mana pun" in text(cast.sign_in(world.kudus).get(f"/claims/{from_getas.pk}/"))
    again = present(world.getas, world.jati, again=True, on=date(2026, 11, 24))
    from_getas.refresh_from_db()
    from_demak.refresh_from_db()
    assert (from_getas.outcome, from_demak.counted_in_id) == ("moved", GETAS)
    again.unconfirm(by=world.jati, reason="keliru")
    from_getas.refresh_from_db()
    assert from_getas.closed_at is None
    assert people("ID") == [0]


def test_moved_to_the_village_that_reports_the_person_counts_there_at_once(
    world: Cast, two_claims: tuple[Claim, Claim]
) -> None:
    from_getas, from_demak = two_claims
    sent = report(world.bakalan, kind="moved", person=Person.objects.get(), destination=GETAS)
    sent.confirm(by=world.kaliwungu)
    assert people(BAKALAN, GETAS, "ID") == [0, 1, 1]
    from_getas.refresh_from_db()
    from_demak.refresh_from_db()
    assert (from_getas.outcome, from_demak.counted_in_id) == ("moved", GETAS)
    sent.refresh_from_db()
    sent.unconfirm(by=world.kaliwungu, reason="keliru")
    assert people(BAKALAN, GETAS, "ID") == [1, 0, 1]
    assert set(Claim.objects.open().values_list("counted_in", flat=True)) == {BAKALAN}


def test_the_report_that_opened_a_claim_taken_back_takes_the_decision_on_it_with_it(world: Cast) -> None:
    present(world.bakalan, world.kaliwungu)
    opener = present(world.getas, world.jati)
    Claim.objects.get().decide(by=world.kudus, outcome="moved")
    assert people(BAKALAN, GETAS) == [0, 1]
    opener.unconfirm(by=world.jati, reason="keliru")
    assert people(BAKALAN, GETAS, "ID") == [1, 0, 1]
    assert Claim.objects.get().outcome == "withdrawn"


def test_a_further_report_of_the_village_keeps_the_claim_when_the_first_is_taken_back(world: Cast) -> None:
    present(world.bakalan, world.kaliwungu)
    opener = present(world.getas, world.jati)
    further = present(world.getas, world.jati, again=True, on=date(2026, 11, 22))
    opener.unconfirm(by=world.jati, reason="keliru")
    claim = Claim.objects.get()
    assert (claim.closed_at, claim.cause) == (None, further.cause)
    further.unconfirm(by=world.jati, reason="keliru")
    claim.refresh_from_db()
    assert claim.outcome == "withdrawn"


def test_a_further_report_of_the_village_keeps_what_was_decided_when_the_first_is_taken_back(
    world: Cast,
) -> None:
    present(world.bakalan, world.kaliwungu)
    opener = present(world.getas, world.jati)
    further = present(world.getas, world.jati, again=True, on=date(2026, 11, 22))
    Claim.objects.get().decide(by=world.kudus, outcome="moved")
    opener.unconfirm(by=world.jati, reason="keliru")
    claim = Claim.objects.get()
    assert (people(BAKALAN, GETAS, "ID"), claim.outcome) == ([0, 1, 1], "moved")
    assert (claim.cause, claim.submitter_id) == (further.cause, world.getas.user_id)
    further.unconfirm(by=world.jati, reason="keliru")
    claim.refresh_from_db()
    assert (people(BAKALAN, GETAS, "ID"), claim.outcome) == ([1, 0, 1], "withdrawn")


def test_what_an_arrival_had_closed_opens_again_but_once(world: Cast) -> None:
    present(world.bakalan, world.kaliwungu)
    present(world.getas, world.jati)
    arrival = report(world.demak, kind="arrived", on=date(2026, 11, 22), **PASSPORT)
    arrival.confirm(by=world.demak_district)
    present(world.getas, world.jati, again=True, on=date(2026, 11, 23))  # claims anew, against Demak
    arrival.refresh_from_db()
    arrival.unconfirm(by=world.demak_district, reason="keliru")
    standing = Claim.objects.open().get()
    assert (standing.claimed_in_id, standing.counted_in_id) == (GETAS, BAKALAN)


def test_a_claim_whose_report_was_taken_back_after_an_arrival_does_not_return(world: Cast) -> None:
    present(world.bakalan, world.kaliwungu)
    opener = present(world.getas, world.jati)
    arrival = report(world.demak, kind="arrived", on=date(2026, 11, 22), **PASSPORT)
    arrival.confirm(by=world.demak_district)
    opener.unconfirm(by=world.jati, reason="keliru")
    arrival.refresh_from_db()
    arrival.unconfirm(by=world.demak_district, reason="keliru")
    assert not Claim.objects.open().exists()
    assert people(BAKALAN, "ID") == [1, 1]


def assert_claims_follow() -> None:
    for claim in Claim.objects.open().select_related("person"):
        home = claim.person.home
        if home is not None:
            assert claim.counted_in_id == home.area_id, claim
        assert claim.claimed_in_id != claim.counted_in_id
        kind, _colon, number = claim.cause.partition(":")
        if kind == "merger":
            assert Merger.objects.filter(pk=number).exists()
            continue
        opener = Report.objects.get(pk=number)
        assert (opener.state, opener.area_id) == ("verified", claim.claimed_in_id)


@lives(12)
def test_in_any_order_of_verbs_an_open_claim_stands_against_the_village_that_counts_the_person(
    world: Cast, life: list[tuple[str, int, int, int]]
) -> None:
    start = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=True) as clock:
        officers = Life(world, lambda span: clock.shift(span))
        for verb, *numbers in life:
            if verb == "undetailed":
                continue  # begins a residence past every verb
            officers.step(verb, *numbers)
            assert_claims_follow()
        clock.shift(timedelta(days=1))
