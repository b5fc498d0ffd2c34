"""Two registered persons beside each other, as one mandate may read both."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timpora.desk.wording import day_of
from timpora.registry import fields
from timpora.registry.fields import open_to
from timpora.registry.linkage import WORDS
from timpora.registry.models import Distinct, Merger, Person
from timpora.registry.names import fold
from timpora.registry.pair import Pair, grounds_of
from timpora.reports.comparison import FIELDS, LABELS, Line, in_lines
from timpora.reports.shown import value_of
from timpora.team.models import Mandate
from timpora.team.roles import Tier

FURTHER = ("family", "given", "purpose", "permit_kind", "permit_until")


class Side(NamedTuple):
    """One of the two: who it is and where they live, or lived last."""

    person: Person
    place: str
    since: str
    ended: bool


class Beside:
    """How two persons compare, field by field; `evidence` says it in sentences without values."""

    def __init__(self, pair: Pair, mandate: Mandate, grounds: list[list[str]] | None = None) -> None:
        self.pair, self.mandate = pair, mandate
        self._grounds = grounds

    @cached_property
    def grounds(self) -> list[list[str]]:
        given = self._grounds
        return grounds_of(self.pair.first, self.pair.second) if given is None else given

    @property
    def sides(self) -> tuple[Side, Side]:
        return _side(self.pair.first), _side(self.pair.second)

    @property
    def evidence(self) -> list[str]:
        """The matcher's grounds as sentences, what contradicts last."""
        ordered = sorted(
            self.grounds, key=lambda ground: ("same", "near", "unknown", "differs").index(ground[1])
        )
        return [_(WORDS[field, outcome]) for field, outcome in ordered]  # type: ignore[index]

    @property
    def lines(self) -> list[Line]:
        """A line for each ground and each further field that either record names, as far as it is open."""
        seen = open_to(self.mandate.sight)
        grounds = in_lines(self.grounds) or [(ground, "") for ground in FIELDS]
        lines = [self._line(FIELDS[ground], str(LABELS[ground]()), outcome) for ground, outcome in grounds
                 if FIELDS[ground] in seen]  # fmt: skip
        further = [
            self._line(name, str(capfirst(fields.LABELS[name])), "") for name in FURTHER if name in seen
        ]
        return lines + [line for line in further if line.yours or line.theirs]

    def _line(self, name: str, label: str, outcome: str) -> Line:
        one, other = (_told(person, name) for person in (self.pair.first, self.pair.second))
        if not outcome:
            outcome = "unknown" if not one or not other else "same" if fold(one) == fold(other) else "differs"
        return Line(label, outcome, one, other)

    @cached_property
    def mark(self) -> Any:
        """For whom the mandate would say whether they are one; None: not at all."""
        return self.pair.standing(self.mandate)

    @property
    def decider(self) -> str:
        """The tier that decides, in words."""
        return str(Tier(self.pair.tier).label) if self.pair.tier else ""

    @property
    def told_apart(self) -> Distinct | None:
        """The word that these are two persons, where one stands."""
        found: Distinct | None = Distinct.objects.live().between(self.pair.first, self.pair.second).first()
        return found


def _side(person: Person) -> Side:
    home = person.home or person.departure
    if home is None:
        return Side(person, "", "", ended=True)
    place = f"{home.address} · {home.area.path}" if home.address else home.area.path
    return Side(person, place, day_of(home.started_on), ended=home.ended_on is not None)


def _told(person: Person, name: str) -> str:
    if name == "document_number":
        return ", ".join(document.masked for document in person.documents.order_by("-pk"))
    return value_of(name, getattr(person, name))


def mergers_of(person: Person, mandate: Mandate) -> list[Merger]:
    """The mergers by which others are one with a person, for a mandate that may look at them."""
    return list(Merger.objects.visible_to(mandate).of(person).order_by("pk"))
