"""Lists among reports, in whatever order: each figure is true, its parts add up, and the past stays told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.cast import BAKALAN
from tests.exchange.given import agree, taken
from tests.recaps import offices_life
from tests.recaps.offices_life import Life, lives
from timpora.exchange.models import Match, Row
from timpora.recaps.counting import counts, plain
from timpora.registry.models import Person, Residence

pytestmark = [pytest.mark.django_db, pytest.mark.long]

PLACES = (BAKALAN, "33.19.01", "33.19", "33.21", "kanim-semarang", "33", "ID")
# The people of the reports as lists write them, and two whom no village knows.
LISTED = (
    ("LIN YI-CHUN", "P", "", "Taiwan", "A1234567", "PT Muria", "Welder", "Bakalankrapyak", "Kaliwungu"),
    ("LIN YI CHUN", "P", "1990", "Taiwan", "", "PT Muria", "", "Getaspejaten", "Jati"),
    ("THIHA", "L", "1996", "Myanmar", "", "PT Kudus", "", "", ""),
    ("CHEN WEI", "L", "17/08/1985", "Tiongkok", "E55667788", "PT Muria", "", "", "Kaliwungu"),
    ("CHEN WEI", "L", "18/07/1985", "Tiongkok", "", "PT Muria", "", "Getaspejaten", "Jati"),
)
VERBS = offices_life.VERBS | {"send": 6, "say": 6, "take_back": 3}


def _life(seed: int) -> list[tuple[str, int, int, int]]:
    chance = Random(seed)
    verbs = ["send", *chance.choices(list(VERBS), weights=list(VERBS.values()), k=29)]
    return [(verb, chance.randrange(12), chance.randrange(12), chance.randrange(12)) for verb in verbs]


class Offices(Life):
    """An office's life with agencies that send lists, and tiers that decide whom their rows speak of."""

    sharings: tuple[Any, ...] = ()

    def send(self, which: int, rows: int, ago: int) -> None:
        chosen = [row for place, row in enumerate(LISTED) if (rows + which) >> (place % 4) & 1] or [LISTED[3]]
        sharing = self.sharings[which % 2]
        by = (self.cast.labour, self.cast.kudus)[which % 2]
        # A cell nobody takes in makes each file another one.
        marked = [(*row[:5], f"{row[5]} {which}", *row[6:]) for row in chosen]
        taken(by, sharing, marked, as_of=date(2026, 11, 24) - timedelta(days=ago), whole=which % 3 > 0)

    def say(self, which: int, whom: int, tier: int) -> None:
        rows = list(Row.objects.undecided().select_related("batch").order_by("pk"))
        if rows:
            row = rows[which % len(rows)]
            persons = list(Person.objects.filter(proposals__statement=row.statement_id).order_by("pk"))
            person = None if whom % 2 or not persons else persons[whom % len(persons)]
            row.decide(by=self._tier(tier), person=person)

    def take_back(self, which: int, tier: int, *_: int) -> None:
        rows = list(
            Row.objects.filter(statement__person__isnull=False).select_related("batch").order_by("pk")
        )
        if rows:
            rows[which % len(rows)].undo(by=self._tier(tier), reason="by mistake")

    def merge(self, one: int, other: int, *_: int) -> None:
        super().merge(one, other)
        Match.objects.follow()  # as the reaction does

    def part(self, which: int, *_: int) -> None:
        super().part(which)
        Match.objects.follow()

    def _tier(self, number: int) -> Any:
        cast = self.cast
        return (cast.kaliwungu, cast.jati, cast.kudus, cast.immigration, cast.chair)[number % 5]


def check(code: str) -> int:
    fast, slow = counts(code), plain(code)
    assert fast == slow, code
    assert not fast.below or sum(row.known_by_list for row in fast.below) == fast.known_by_list, code
    return fast.known_by_list


@lives(6, _life)
def test_in_any_order_of_lists_decisions_and_reports_each_person_counts_once(
    world: Any, life: list[tuple[str, int, int, int]]
) -> None:
    start = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=True) as clock:
        office = Offices(world, lambda span: clock.shift(span))
        office.sharings = (agree(world), agree(world, "kesbangpol", "own"))
        past: list[tuple[str, datetime, int]] = []
        for number, (verb, *numbers) in enumerate(life):
            office.step(verb, *numbers)
            code = PLACES[number % len(PLACES)]
            past.append((code, timezone.now(), check(code)))
            assert_nobody_counts_twice()
        assert Row.objects.exists()
        clock.shift(timedelta(days=2))
        for code, moment, said in past:
            assert counts(code, known=moment).known_by_list == said, (code, moment)


def assert_nobody_counts_twice() -> None:
    listed = list(Row.objects.known_by_list("ID").values_list("person_number", flat=True))
    assert len(listed) == len(set(listed))
    residents = set(Residence.objects.current().values_list("person", flat=True))
    assert not residents & set(listed)
    # What rows are matched to is what their statements are about.
    rows = Match.objects.believed().values_list("person_number", "row__statement__person")
    assert all(number == person for number, person in rows)
