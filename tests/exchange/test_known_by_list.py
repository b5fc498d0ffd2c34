"""The figure "known by list": each once, where the newest list in force says, and no resident."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, PASSPORT, PATI, report
from tests.exchange.given import CHEN, LIN, RAO, agree, taken
from timpora.areas.models import Area
from timpora.exchange.models import Match, Row
from timpora.recaps.counting import counts, plain
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db

PLACES = (BAKALAN, "33.19.01", "33.19.03", "33.19", "33.21", "kanim-semarang", "kanim-pati", "33", "ID")


def listed(code: str, **asked: Any) -> int:
    """The figure, after the two ways to it and the sum of the parts were found to agree."""
    fast = counts(code, **asked)
    slow = plain(code, **asked)
    assert fast.known_by_list == slow.known_by_list
    assert [row.known_by_list for row in fast.below] == [row.known_by_list for row in slow.below]
    assert not fast.below or sum(row.known_by_list for row in fast.below) == fast.known_by_list
    return fast.known_by_list


def test_a_list_changes_no_count_of_people_and_stands_at_every_tier(world: Any) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    people = {code: counts(code).people for code in PLACES}
    taken(
        world.labour,
        agree(world),
        [LIN, CHEN, RAO, ("KIM MIN", "L", "1990", "Korea Selatan", "M77", "", "", "", "")],
    )
    assert {code: counts(code).people for code in PLACES} == people
    assert {code: listed(code) for code in PLACES} == {
        BAKALAN: 1, "33.19.01": 1, "33.19.03": 1, "33.19": 3, "33.21": 0, "kanim-semarang": 3,
        "kanim-pati": 0, "33": 3, "ID": 3,
    }  # fmt: skip
    rest = [row for row in counts("33.19").below if row.code is None]
    assert [row.known_by_list for row in rest] == [1]  # no village and no district is named


def test_who_is_verified_as_a_resident_anywhere_is_known_by_list_no_longer(world: Any) -> None:
    taken(world.labour, agree(world), [CHEN])
    before = timezone.now()
    assert listed("33.19") == 1
    pati = cast.pati()
    values = {"names": "Chen Wei", "nationality": "CHN", "birth_date": "1985-08-17", "sex": "M"}
    report(
        pati.village, **values, document_kind="passport", document_issuer="CHN", document_number="E55667788"
    ).confirm(by=pati.district)
    assert (listed("33.19"), counts(PATI).people) == (0, 1)
    assert listed("33.19", known=before) == 1


def test_a_newer_whole_list_takes_the_older_ones_place_and_additions_add(world: Any) -> None:
    sharing = agree(world)
    taken(world.labour, sharing, [CHEN, RAO], as_of=date(2026, 9, 1))
    assert listed("33.19") == 2
    taken(world.labour, sharing, [CHEN], as_of=date(2026, 10, 1))
    assert listed("33.19") == 1
    taken(world.labour, sharing, [RAO], as_of=date(2026, 10, 15), whole=False)
    assert listed("33.19") == 2
    assert listed("33.19", on=date(2026, 9, 30)) == 2
    assert listed("33.19", on=date(2026, 10, 10)) == 1
    assert listed("33.19", on=date(2026, 8, 1)) == 0


def test_a_person_of_two_agencies_lists_counts_once_where_the_newest_says(world: Any) -> None:
    taken(world.labour, agree(world), [CHEN], as_of=date(2026, 9, 1))
    moved = (*CHEN[:7], "Getaspejaten", "Jati")
    taken(world.kudus, agree(world, "kesbangpol", "own"), [moved], as_of=date(2026, 10, 1))
    assert (listed("33.19"), listed("33.19.01"), listed("33.19.03")) == (1, 0, 1)
    assert listed("33.19.01", on=date(2026, 9, 30)) == 1


def test_the_past_is_told_as_it_was_known(world: Any) -> None:
    sharing = agree(world)
    told = [(timezone.now(), 0)]
    taken(world.labour, sharing, [CHEN, RAO], as_of=date(2026, 9, 1))
    told.append((timezone.now(), listed("33.19")))
    row = taken(
        world.labour, sharing, [(*CHEN[:4], "E99887766", *CHEN[5:])], as_of=date(2026, 10, 1)
    ).rows.get()
    told.append((timezone.now(), listed("33.19")))
    row.decide(by=world.kaliwungu, person=None)
    told.append((timezone.now(), listed("33.19")))
    row.undo(by=world.kaliwungu, reason="x")
    told.append((timezone.now(), listed("33.19")))
    assert [number for _moment, number in told] == [0, 2, 0, 1, 0]
    for moment, number in told:
        assert listed("33.19", known=moment) == number


def test_a_row_that_says_somebody_left_counts_nobody(world: Any) -> None:
    batch = taken(world.labour, agree(world), [CHEN])
    Row.objects.update(notes=["left"])
    gone = taken(world.labour, batch.sharing, [CHEN, RAO], as_of=date(2026, 11, 10))
    assert listed("33.19") == 2
    Row.objects.filter(batch=gone).update(notes=["left"])
    gone.rows.get(number=2).matches.all().delete()
    assert listed("33.19") == 1


def test_the_list_of_another_regency_is_another_list(world: Any) -> None:
    sharing = agree(world, "imigrasi", "permits")
    demak = Area.objects.get(code="33.21")
    taken(world.immigration, sharing, [CHEN], as_of=date(2026, 10, 1))
    taken(world.immigration, sharing, [RAO], as_of=date(2026, 10, 2), area=demak)
    assert (listed("33.19"), listed("33.21"), listed("kanim-semarang")) == (1, 1, 2)
    assert Person.objects.count() == 2


def test_after_persons_were_merged_the_rows_follow(world: Any) -> None:
    batch = taken(world.labour, agree(world), [CHEN, RAO])
    assert listed("33.19") == 2
    one, other = (row.statement for row in batch.rows.order_by("number"))
    other.person = one.person
    other.save()
    assert Match.objects.follow() == 1
    assert listed("33.19") == 1
