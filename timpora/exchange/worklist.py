"""The gaps of a comparison as a page and a file show them: what each reader may see, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from timpora.exchange import visibility, words
from timpora.exchange.models import Comparison, Gap, Row
from timpora.exchange.models.gap import GapQuerySet
from timpora.exchange.reasons import REASONS
from timpora.registry import nations
from timpora.registry.models import Person, Statement
from timpora.sheets import Cell, Column
from timpora.team.models import Mandate
from timpora.team.roles import Role

PER_PAGE = 25
STATES = ("open", "gone", "closed", "all")
NAMED_BY = ("names", "nationality", "birth_date")


@dataclass(frozen=True)
class Line:
    """One gap: who (as far as the reader may see), what stands apart, why, whose it is, by when."""

    gap: Gap
    name: str
    country: str
    row: int | None  # a row the reader may open
    may_close: bool

    @property
    def sentence(self) -> str:
        """What stands apart, neutrally."""
        gap = self.gap
        lists = {"one": words.listed(gap.one), "other": words.listed(gap.other)}
        if gap.kind == Gap.Kind.ONLY_IN:
            return _("Named by %(one)s, not by %(other)s.") % lists
        fields = ", ".join(words.field("address" if name == "area" else name) for name in gap.fields)
        said = _("%(one)s and %(other)s say different things: %(fields)s.")
        return capfirst(said % (lists | {"fields": fields}))

    @property
    def reason(self) -> str:
        """The reason it was closed with, else the proposed one."""
        closure = self.gap.closure
        return words.reason(closure.reason if closure else self.gap.reason)

    @property
    def grounds(self) -> list[str]:
        return [words.ground(code, number) for code, number in self.gap.grounds]

    @property
    def state(self) -> tuple[str, str]:
        """(badge, words) of where it stands."""
        if self.gap.is_again:
            return "ask", _("found again")
        if self.gap.closure:
            return "sure", pgettext("gap", "closed")
        if self.gap.gone_in_id:
            return "calm", _("no longer different: may be closed")
        return "waiting", _("needs clarification")

    @property
    def is_open(self) -> bool:
        return self.gap.closure is None

    @property
    def owner(self) -> str:
        return owner_of(self.gap)


def owner_of(gap: Gap) -> str:
    """Who looks: an agency, or the villages by the questions of their return."""
    return gap.owner.short if gap.owner else _("Villages, by the questions of their return")


class Worklist:
    """The gaps of a comparison that a reader sees, chosen by kind, reason, state and owner."""

    def __init__(self, comparison: Comparison, mandate: Mandate, asked: Mapping[str, Any]) -> None:
        self.comparison, self.mandate = comparison, mandate
        self.kind = _one_of(asked.get("kind"), Gap.Kind.values)
        self.reason = _one_of(asked.get("reason"), REASONS)
        self.state = _one_of(asked.get("state"), STATES) or "open"
        self._page = asked.get("page")

    @cached_property
    def all(self) -> GapQuerySet:
        found: GapQuerySet = self.comparison.gaps_for(self.mandate)
        return found

    @cached_property
    def chosen(self) -> GapQuerySet:
        found = self.all
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.reason:
            found = found.filter(reason=self.reason)
        by_state = {"open": found.open() | found.again(), "closed": found.closed(), "gone": found.gone()}
        found = by_state.get(self.state, found)
        return found.order_by(F("owner__name").asc(nulls_last=True), "due_on", "pk")

    @cached_property
    def page(self) -> Page[Gap]:
        return Paginator(self.chosen.with_all(), PER_PAGE).get_page(self._page)

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.page, self.mandate)

    @cached_property
    def figures(self) -> list[tuple[str, str, int, str]]:
        """(state, words, number, look): open, of these gone, closed."""
        looks = {"open": "waiting", "gone": "nihil", "closed": ""}
        numbers = {"open": (self.all.open() | self.all.again()).count(), "gone": self.all.gone().count(),
                   "closed": self.all.closed().count()}  # fmt: skip
        return [(state, STATE_WORDS[state](), numbers[state], look) for state, look in looks.items()]

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.value, str(kind.label)) for kind in Gap.Kind]

    @cached_property
    def reasons(self) -> list[tuple[str, str]]:
        return [(code, words.reason(code)) for code in REASONS]

    @cached_property
    def may_close(self) -> bool:
        return any(line.may_close and line.is_open for line in self.lines)


STATE_WORDS = {
    "open": lambda: _("need clarification"),
    "gone": lambda: _("of which no longer different"),
    "closed": lambda: pgettext("gaps", "closed"),
}


def lines(gaps: Iterable[Gap], mandate: Mandate) -> list[Line]:
    """The gaps as a reader sees them; the persons of all in two queries."""
    gaps = list(gaps)
    people = Person.objects.in_bulk([gap.person_number for gap in gaps if gap.person_number])
    waiting = Statement.objects.in_bulk([int(gap.who[4:]) for gap in gaps if not gap.person_number])
    return [_line(gap, mandate, people, waiting) for gap in gaps]


def _line(gap: Gap, mandate: Mandate, people: Mapping[int, Person], waiting: Mapping[int, Statement]) -> Line:
    contributes = mandate.role == Role.CONTRIBUTOR
    said_in: list[Row] = gap.said_in  # type: ignore[attr-defined]
    rows = [row for row in said_in if not contributes or row.batch.agency_id == mandate.post.agency_id]
    person, statement = people.get(gap.person_number or 0), waiting.get(int(gap.who.partition(":")[2]))
    values: Mapping[str, str] = {}
    if contributes:
        values = rows[-1].values if rows else {}
    elif gap.person_number and person:
        values = {name: getattr(person, name) for name in NAMED_BY}
    elif statement and not gap.person_number:
        values = statement.values
    seen = visibility.shown(
        {name: values.get(name, "") for name in NAMED_BY}, role=mandate.role, own=contributes
    )
    country = nations.name(seen["nationality"], get_language() or "id") if seen.get("nationality") else ""
    return Line(
        gap, seen.get("names", ""), country, rows[-1].pk if rows else None, gap.may_be_closed_by(mandate)
    )


def columns() -> list[Column]:
    """The columns of the worklist as a file."""
    return [
        Column("number", _("Number"), width=8),
        Column("name", _("Name"), width=30),
        Column("country", _("Nationality"), width=18),
        Column("difference", _("Difference"), width=26),
        Column("sentence", _("What stands apart"), width=60),
        Column("reason", _("Reason"), width=28),
        Column("owner", _("Owner"), width=20),
        Column("due", _("Due"), width=12),
        Column("state", _("State"), width=20),
    ]


def rows(found: Iterable[Gap], mandate: Mandate) -> Iterator[dict[str, Cell]]:
    """Each gap as a line of the file, with no more than its reader may see."""
    for line in lines(found, mandate):
        yield {
            "number": line.gap.pk, "name": line.name, "country": line.country,
            "difference": str(line.gap.get_kind_display()), "sentence": line.sentence, "reason": line.reason,
            "owner": line.owner, "due": line.gap.due_on, "state": line.state[1],
        }  # fmt: skip


def _one_of(asked: Any, known: Iterable[str]) -> str:
    return str(asked) if asked in known else ""
