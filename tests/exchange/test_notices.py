"""Doubtful rows wait for a tier, and the tier is told: once a list, without a word of whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import PASSPORT, report
from tests.exchange.given import agree, doubtful_row, taken
from timpora.desk import reactions
from timpora.exchange.models import Row
from timpora.registry.models import Person
from timpora.rooms.models import Notice

pytestmark = pytest.mark.django_db
DOOR = "/lists/identities/"


def told() -> set[tuple[str, str]]:
    """(title of the post, kind) of the open notices about rows."""
    reactions.run()
    return set(Notice.objects.unread().filter(path=DOOR).values_list("post__title", "kind"))


@pytest.fixture
def row(world: Any) -> Row:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    person = Person.objects.get()
    return doubtful_row(world, person.names, person.birth_date, person.nationality)


def test_the_tier_that_decides_is_told_until_nothing_is_left_to_decide(world: Any, row: Row) -> None:
    assert row.outcome == "doubtful"
    asked = told()
    assert asked == {("Kudus", "identity_asked")}
    row.decide(by=world.kudus, person=None)
    assert told() == set()
    row.undo(by=world.kudus, reason="Salah baca")
    assert told() == asked
    assert told() == asked  # worked off twice, told once
    assert Notice.objects.unread().filter(path=DOOR).count() == 1


def test_a_list_without_a_doubtful_row_tells_nobody(world: Any) -> None:
    taken(world.labour, agree(world), [("SOMEBODY NEW", "P", "1990", "Taiwan", "BZ1", "", "", "", "")])
    assert told() == set()
