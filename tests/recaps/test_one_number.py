"""Whatever an office does, in whatever order: the fast figures are the true ones, and the past stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, DEMAK, GETAS, PASSPORT, PRAMBATAN, report
from tests.recaps.offices_life import Life, lives
from timpora.ledger.refusal import Conflict
from timpora.recaps.breakdown import breakdown, plain_breakdown
from timpora.recaps.counting import Figures, counts, plain
from timpora.recaps.month import Month
from timpora.recaps.recount import recount
from timpora.recaps.unconfirmed import local_day
from timpora.registry.models import Person, Residence
from timpora.registry.models.tally import fold

pytestmark = [pytest.mark.django_db, pytest.mark.long]
PLACES = (
    BAKALAN,
    PRAMBATAN,
    GETAS,
    DEMAK,
    "33.19.01",
    "33.19.03",
    "33.19",
    "33.21",
    "33.20",
    "kanim-semarang",
    "kanim-pati",
    "33",
    "ID",
)


def told(figures: Figures) -> Figures:
    """The figures without what is known of the present only."""
    return replace(figures, unconfirmed=None)


def check(code: str) -> Figures:
    fast = counts(code)
    assert fast == plain(code), code
    behind = breakdown(code)
    assert behind == plain_breakdown(code), code
    for figure in ("people", "waiting", "known_by_list", "visitors"):
        whole = getattr(fast, figure)
        assert not fast.below or sum(getattr(part, figure) for part in fast.below) == whole, code
    assert sum(behind.sexes.values()) == sum(behind.permits.values()) == fast.people
    last_month = Month.of(local_day("33")).before.last
    then = counts(code, on=last_month)
    assert then == plain(code, on=last_month), code
    assert behind.last_month == then.people
    return fast


def assert_nobody_counts_twice() -> None:
    days = {day for row in Residence.objects.believed() for day in (row.started_on, row.ended_on) if day}
    for day in days:
        homes = Residence.objects.believed().on(day)
        assert homes.count() == homes.values("person").distinct().count(), day


@lives(8)
def test_in_any_order_of_verbs_every_tier_has_the_true_figure_and_the_past_can_be_told_again(
    world: Any, life: list[tuple[str, int, int, int]]
) -> None:
    start = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=True) as clock:
        officers = Life(world, lambda span: clock.shift(span))
        past: list[tuple[str, datetime, Figures]] = []
        for number, (verb, *numbers) in enumerate(life):
            officers.step(verb, *numbers)
            for code in (PLACES[number % 13], "33.19"):
                past.append((code, timezone.now(), told(check(code))))
        for code in PLACES:
            check(code)
        assert_nobody_counts_twice()
        clock.shift(timedelta(days=9))
        for code, moment, said in past:
            assert counts(code, known=moment) == said, (code, moment)
        fold()
        assert recount()[1] == []
        for code in PLACES:
            check(code)


@pytest.fixture
def world(noon: None) -> Any:
    return cast.world()


def test_who_is_reported_elsewhere_for_a_day_before_they_left_counts_there_from_the_day_they_left(
    world: Any,
) -> None:
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    person = Person.objects.get()
    report(world.bakalan, kind="left", left="unknown", person=person, on=date(2026, 11, 10)).confirm(
        by=world.kaliwungu
    )
    report(world.getas, on=date(2026, 11, 5), **PASSPORT).confirm(by=world.jati)
    assert_nobody_counts_twice()
    figures = {
        day: (counts(BAKALAN, on=date(2026, 11, day)).people, counts(GETAS, on=date(2026, 11, day)).people)
        for day in (4, 5, 9, 10, 11)
    }
    assert figures == {4: (1, 0), 5: (1, 0), 9: (1, 0), 10: (0, 1), 11: (0, 1)}


def test_a_report_taken_back_and_confirmed_again_can_be_taken_back_again(world: Any) -> None:
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    arrival = report(world.getas, kind="arrived", on=date(2026, 11, 5), **PASSPORT)
    for _time in range(3):
        arrival.confirm(by=world.jati)
        assert (check(BAKALAN).people, check(GETAS).people) == (0, 1)
        arrival.refresh_from_db()
        arrival.unconfirm(by=world.jati, reason="by mistake")
        assert (check(BAKALAN).people, check(GETAS).people) == (1, 0)
        arrival.refresh_from_db()


def test_what_something_later_rests_on_is_not_taken_back(world: Any) -> None:
    report(world.bakalan, on=date(2026, 10, 1), **PASSPORT).confirm(by=world.kaliwungu)
    left = report(
        world.bakalan, kind="left", left="unknown", person=Person.objects.get(), on=date(2026, 11, 1)
    )
    left.confirm(by=world.kaliwungu)
    report(world.getas, on=date(2026, 11, 5), **PASSPORT).confirm(by=world.jati)
    left.refresh_from_db()
    with pytest.raises(Conflict) as refusal:
        left.unconfirm(by=world.kaliwungu, reason="by mistake")
    assert refusal.value.code == "built_upon"
    assert (check(BAKALAN).people, check(GETAS).people) == (0, 1)


def test_a_person_taken_back_is_still_told_of_the_time_before(world: Any) -> None:
    sent = report(world.bakalan)
    sent.confirm(by=world.kaliwungu)
    then = timezone.now()
    sent.refresh_from_db()
    sent.unconfirm(by=world.kaliwungu, reason="by mistake")
    assert not Person.objects.exists()
    assert counts("ID").people == 0
    assert counts("ID", known=then).people == counts(BAKALAN, known=then).people == 1
