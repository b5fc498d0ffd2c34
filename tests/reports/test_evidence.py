"""What counts as a sign that somebody lives here, after one of the signs was taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, PASSPORT, Cast, report
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Residence
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db


def october(day: int) -> date:
    return date(2026, 10, day)


@pytest.fixture
def lin(world: Cast) -> Person:
    """Lin Yi-Chun, seen in Bakalankrapyak on 1 October."""
    report(world.bakalan, on=october(1), **PASSPORT).confirm(by=world.kaliwungu)
    found: Person = Person.objects.get()
    return found


def about(world: Cast, person: Person, kind: str, day: int, **more: Any) -> Report:
    sent = report(world.bakalan, kind=kind, person=person, on=october(day), **more)
    sent.confirm(by=world.kaliwungu)
    sent.refresh_from_db()
    return sent


def undo(world: Cast, sent: Report) -> int:
    """The status of taking a confirmation back on the report's page."""
    client = cast.sign_in(world.kaliwungu)
    answer = client.post(f"/reports/{sent.pk}/confirmation/undo/", {"reason": "keliru"})
    return int(answer.status_code)


def last_seen() -> date:
    return Residence.objects.current().get().evidenced_on


def test_a_visit_that_found_nobody_is_no_sign_after_a_report_was_taken_back(world: Cast, lin: Person) -> None:
    again = report(world.bakalan, on=october(10), again=True, **PASSPORT)
    again.confirm(by=world.kaliwungu)
    about(world, lin, "not_found", 20)
    assert last_seen() == october(10)
    assert undo(world, again) == 303
    assert last_seen() == october(1)


def test_a_visit_taken_back_leaves_the_last_sign_as_it_was(world: Cast, lin: Person) -> None:
    visit = about(world, lin, "not_found", 20)
    assert undo(world, visit) == 303
    assert last_seen() == october(1)
    # Nor does a correction say that anybody was seen.
    corrected = about(world, lin, "correction", 25)
    assert undo(world, corrected) == 303
    assert last_seen() == october(1)


def test_the_answer_of_a_return_stays_a_sign(world: Cast, lin: Person) -> None:
    again = report(world.bakalan, on=october(10), again=True, **PASSPORT)
    again.confirm(by=world.kaliwungu)
    cast.sign_in(world.bakalan).post(f"/returns/{BAKALAN}/2026-10/", {f"person_{lin.pk}": "still_here"})
    assert undo(world, again) == 303
    assert last_seen() == october(31)


def test_two_visits_end_the_residence_and_the_first_is_not_taken_back_before_the_second(
    world: Cast, lin: Person
) -> None:
    first, second = about(world, lin, "not_found", 10), about(world, lin, "not_found", 20)
    assert counts(BAKALAN).people == 0
    assert undo(world, first) == 409
    assert counts(BAKALAN).people == 0
    assert undo(world, second) == 303
    assert counts(BAKALAN).people == 1
    assert undo(world, first) == 303
    assert last_seen() == october(1)


def test_a_move_within_the_village_can_be_taken_back(world: Cast, lin: Person) -> None:
    moved = about(world, lin, "moved", 15, destination=BAKALAN)
    assert Residence.objects.current().get().started_on == october(15)
    assert undo(world, moved) == 303
    assert Residence.objects.current().get().started_on == october(1)
