"""An office's life at random: verbs of every kind on a few people and villages, refusals included."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import BAKALAN, DEMAK, GETAS, PRAMBATAN, Cast, report
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.recaps.models import Answer, Return
from timpora.recaps.month import Month
from timpora.recaps.residents import residents_on
from timpora.registry.models import Claim, Merger, Person, Residence
from timpora.registry.models.tally import fold
from timpora.registry.pair import Pair
from timpora.reports.models import Report

VILLAGES = (BAKALAN, PRAMBATAN, GETAS, DEMAK)
WHO = (
    {
        "names": "Lin Yi-Chun",
        "nationality": "TWN",
        "sex": "F",
        "document_kind": "passport",
        "document_issuer": "TWN",
        "document_number": "A1234567",
        "permit_kind": "ITAS",
        "permit_until": "2026-12-20",
    },
    {
        "names": "Lin Yi-Chun",
        "nationality": "TWN",
        "sex": "F",
        "permit_kind": "ITK",
        "permit_until": "2027-02-01",
    },
    {
        "names": "Thiha",
        "nationality": "MMR",
        "sex": "M",
        "birth_date": "1996",
        "permit_kind": "",
        "permit_until": "",
    },
)
KINDS = ("present", "arrived", "moved", "moved_here", "left", "error", "not_found", "correction")

VERBS = {
    "submit": 6,
    "confirm": 8,
    "unconfirm": 2,
    "about": 4,
    "decide": 3,
    "undo": 1,
    "claim": 3,
    "end": 1,
    "fold": 1,
    "undetailed": 1,
    "answer": 1,
    "night": 2,
    "merge": 4,
    "part": 2,
}


def _life(seed: int) -> list[tuple[str, int, int, int]]:
    """Steps of a life: which verb, and three numbers that choose among whatever there is to choose from."""
    chance = Random(seed)
    verbs = chance.choices(list(VERBS), weights=list(VERBS.values()), k=40)
    return [(verb, chance.randrange(12), chance.randrange(12), chance.randrange(12)) for verb in verbs]


def lives(number: int, life: Callable[[int], Any] = _life) -> Any:
    """Plays a property over so many lives, the same ones each time; LIVES=200 in the environment plays more.

    From seeds: what hypothesis draws step by step is too tame to reach a claim or an undoing, and it draws
    otherwise when other modules are loaded. PostgreSQL plays half as many, none of them SQLite's:
    the rules are the same Python, and two rounds over the same lives would find the same.
    """
    many = int(os.environ.get("LIVES") or number)
    seeds = range(many, many + (many + 1) // 2) if "DATABASE_URL" in os.environ else range(many)
    return pytest.mark.parametrize("life", [pytest.param(life(seed), id=f"life {seed}") for seed in seeds])


@dataclass
class Life:
    """The verbs by name; each takes three numbers and may be refused, which changes nothing."""

    cast: Cast
    sleep: Callable[[timedelta], None]

    def step(self, verb: str, *numbers: int) -> None:
        with contextlib.suppress(Refusal):
            getattr(self, verb)(*numbers)

    def submit(self, who: int, where: int, ago: int) -> None:
        kind = "arrived" if ago % 3 == 0 else "present"
        values = {name: value for name, value in WHO[(0, 0, 1, 2)[who % 4]].items() if value}
        given = {"birth_date": ""} | values
        report(self._village(where), kind=kind, on=self._day(ago * 3), again=True, **given)

    def about(self, who: int, kind: int, ago: int) -> None:
        person = _one(Person.objects.with_home().order_by("pk"), who)
        if person is None or person.home is None or person.home.area_id not in VILLAGES:
            return
        by = self._village(VILLAGES.index(person.home.area_id))
        named = KINDS[kind % len(KINDS)]
        more = {
            "moved_here": {"kind": "moved", "destination": person.home.area_id},
            "error": {"kind": "left", "left": "error"},
            "left": {"kind": "left", "left": "unknown"},
        }
        sent = report(by, person=person, on=self._day(ago), **(more.get(named) or {"kind": named}))
        sent.confirm(by=self._district(sent.area_id))

    def confirm(self, which: int, *_: int) -> None:
        sent = _one(Report.objects.submitted().order_by("pk"), which)
        if sent:
            sent.confirm(by=self._district(sent.area_id))

    def unconfirm(self, which: int, *_: int) -> None:
        sent = _one(Report.objects.filter(state__in=("verified", "submitted")).order_by("pk"), which)
        if sent:
            sent.unconfirm(by=self._district(sent.area_id), reason="by mistake")

    def decide(self, which: int, whom: int, tier: int) -> None:
        sent = _one(Report.objects.doubtful().order_by("pk"), which)
        if sent is None:
            return
        person = (
            None if whom % 2 else _one(Person.objects.filter(proposals__statement=sent.statement_id), whom)
        )
        by = {3: self._district(sent.area_id), 2: self._regency(sent.area_id), 1: self.cast.chair}[sent.tier]
        sent.decide_identity(by=by, person=person)

    def undo(self, which: int, *_: int) -> None:
        sent = _one(Report.objects.filter(state="verified").order_by("pk"), which)
        if sent:
            sent.undo_identity(by=self.cast.chair, reason="wrong")

    def claim(self, which: int, how: int, *_: int) -> None:
        found = _one(Claim.objects.open().order_by("pk"), which)
        if found is None:
            return
        if how % 3:
            village = (
                self._village(VILLAGES.index(found.counted_in_id))
                if found.counted_in_id in VILLAGES
                else None
            )
            if village:
                found.respond(by=village, answer="moved" if how % 2 else "stays")
        else:
            by = {3: self._district, 2: self._regency, 1: lambda _area: self.cast.chair}[found.tier]
            found.decide(by=by(found.claimed_in_id), outcome="moved" if how % 2 else "stays")

    def end(self, which: int, how: int, *_: int) -> None:
        sent = _one(Report.objects.submitted().order_by("pk"), which)
        if sent is None:
            return
        if how % 3 == 0:
            sent.withdraw(by=self._village(VILLAGES.index(sent.area_id)))
        elif how % 3 == 1:
            sent.send_back(by=self._district(sent.area_id), reason="which address?")
        else:
            sent.refuse(by=self._district(sent.area_id), reason="a tourist")

    def fold(self, *_: int) -> None:
        fold()

    def undetailed(self, who: int, where: int, ago: int) -> None:
        """An address that is protected: the person counts at the district or regency only."""
        person = _one(Person.objects.with_home().order_by("pk"), who)
        if person is not None and person.home is None:
            area = Area.objects.get(code=("33.19", "33.19.01", "33.21.01")[where % 3])
            with book.writing():
                Residence.objects.begin(
                    person=person, area=area, started_on=self._day(ago), cause=f"test:{ago}"
                )

    def answer(self, where: int, word: int, back: int) -> None:
        by = self._village(where)
        month = Month.of(by.post.today)
        month = month.before if back % 2 else month
        residents = residents_on(by.post.area, min(month.last, by.post.today))
        words = Answer.Word.values
        answers = {person.pk: words[(word + place) % 3] for place, person in enumerate(residents)}
        Return.objects.answer(by=by, area=by.post.area, month=month, answers=answers)

    def merge(self, one: int, other: int, *_: int) -> None:
        """Any two of the registry, alike or not, by whoever may."""
        persons = Person.objects.filter(same_as=None).order_by("pk")
        first, second = _one(persons, one), _one(persons, other)
        if first is None or first == second:
            return
        pair = Pair.of(first, second)
        for by in (self.cast.kaliwungu, self.cast.jati, self.cast.kudus, self.cast.chair):
            if pair.standing(by) is not None:
                Merger.objects.join(first, second, by=by, reason="the same photo")
                break

    def part(self, which: int, *_: int) -> None:
        merger = _one(Merger.objects.live().order_by("pk"), which)
        if merger is not None:
            merger.undo(by=self.cast.chair, reason="two after all")

    def night(self, hours: int, *_: int) -> None:
        self.sleep(timedelta(hours=1 + hours * 9))

    def _village(self, number: int) -> Any:
        return (self.cast.bakalan, self.cast.prambatan, self.cast.getas, self.cast.demak)[number % 4]

    def _district(self, area: str) -> Any:
        return {
            "33.19.01": self.cast.kaliwungu,
            "33.19.03": self.cast.jati,
            "33.21.01": self.cast.demak_district,
        }[area[:8]]

    def _regency(self, area: str) -> Any:
        return {"33.19": self.cast.kudus, "33.21": self.cast.demak_regency}[area[:5]]

    def _day(self, ago: int) -> Any:
        return timezone.localdate() - timedelta(days=ago)


def _one(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None
