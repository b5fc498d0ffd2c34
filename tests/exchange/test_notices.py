"""Doubtful rows wait for a tier, and the tier is told: once a list, without a word of whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import PASSPORT, report
from tests.exchange.given import LIN, agree, doubtful_row, outcomes, taken
from timpora.desk import doubtful_rows, reactions
from timpora.exchange.models import Row
from timpora.ledger.models import Entry
from timpora.registry.models import Person
from timpora.rooms.models import Notice
from timpora.team.models import Post

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


@pytest.mark.parametrize("rows", [2, 12])
def test_a_long_list_asks_few_questions_to_tell_who_decides(
    world: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    said = [(*LIN[:4], f"B99{number:05}", *LIN[5:]) for number in range(rows)]
    assert set(outcomes(taken(world.labour, agree(world), said))) == {"doubtful"}
    with django_assert_max_num_queries(12):
        doubtful_rows.of_list(Entry.objects.get(action="batch.committed"))


def test_a_decision_looks_at_the_notices_of_its_own_area_alone(
    world: Any, row: Row, django_assert_max_num_queries: Any
) -> None:
    told()
    elsewhere = Post.objects.exclude(pk=world.kudus.post_id).filter(office=None).exclude(area="33.19")
    for number, post in enumerate(elsewhere):
        if not post.area_id or not row.area_id.startswith(post.area_id):
            Notice.objects.post_to(post=post, kind="identity_asked", path=DOOR, entry=number + 1)
    row.decide(by=world.kudus, person=None)
    with django_assert_max_num_queries(14):
        doubtful_rows.done(Entry.objects.get(action="row.decided"))


def test_after_the_other_offices_yes_the_office_that_decides_is_told(world: Any) -> None:
    pati = cast.pati()
    report(pati.village, **PASSPORT).confirm(by=pati.district)
    row = taken(world.labour, agree(world), [(*LIN[:4], "B9998887", *LIN[5:])]).rows.get()
    asked = told()
    assert {kind for _post, kind in asked} == {"identity_asked", "agreement_asked"}
    row.agree(by=pati.officer)
    after = told()
    deciding = {post for post, kind in asked if kind == "identity_asked"}
    assert after == {(post, kind) for post in deciding for kind in ("identity_asked", "agreement_given")}
    row.decide(by=world.immigration, person=None)
    assert told() == set()
