"""What is held of a person, as they read it themselves: every value with who said it, and no full address.

Named field by field from registry/fields.py: what belongs to a case of its own, or to an order that hides an
address, has no way into this page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timpora.areas.codes import Level
from timpora.areas.models import Office, office_of
from timpora.registry import nations, permits
from timpora.registry.conclusion import Value, conclude
from timpora.registry.fields import ALL, DATES, LABELS
from timpora.registry.models import Person, Request, Residence, Statement
from timpora.reports.models import Photo
from timpora.reports.shown import value_of
from timpora.rights.mine.dates import date_of
from timpora.rights.mine.looks import Look, looks
from timpora.rights.mine.places import NAMED_PLACE, Places, deepest_for, isolated
from timpora.rights.models import Visit

MOST = 30  # sources listed; a full copy is asked for
# Never in full on a page that opens with a passport: it stays with the kecamatan.
WITHHELD = ("address",)
# Where somebody can be met by day; said while their own home is not known or hidden only as "held".
SHELTERED = ("employer", "work_area", "guarantor", "purpose")


class Held(NamedTuple):
    """Values in words that one source said at one time: who said them, as of when."""

    source: str
    as_of: date
    values: list[tuple[str, str]]


class Source(NamedTuple):
    """What one source said at one time: which fields, and what it said otherwise than what stands above."""

    source: str
    as_of: date
    since: datetime
    fields: str
    otherwise: list[tuple[str, str]]


class Record:
    """Everything the page shows of one person; raises nothing."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def statements(self) -> list[Statement]:
        return list(self.person.statements.select_related("agency").in_order())

    @cached_property
    def residence(self) -> Residence | None:
        """Where they are registered, or were last."""
        found: Residence | None = self.person.home or self.person.departure
        return found

    @cached_property
    def deepest(self) -> Level:
        return deepest_for(self.residence.area_id if self.residence else None)

    @cached_property
    def places(self) -> Places:
        codes = {statement.area_id for statement in self.statements}
        codes |= {self.residence.area_id} if self.residence else set()
        codes |= {_code(statement.values.get("work_area", "")) for statement in self.statements} - {""}
        return Places(codes, self.deepest)

    @property
    def place(self) -> str:
        return isolated(self.places.name(self.residence.area_id)) if self.residence else ""

    @property
    def is_resident(self) -> bool:
        return self.person.home is not None

    @cached_property
    def concluded(self) -> dict[str, Value]:
        return conclude(self.person.uncontested(self.statements))

    @cached_property
    def values(self) -> list[Held]:
        """The values that hold now, those of one source together, in the order of the register's fields."""
        sources = {statement.pk: statement for statement in self.statements}
        by_source: dict[int, list[tuple[str, str]]] = {}
        for field in ALL:
            if field in self.concluded:
                value, said = self.concluded[field]
                by_source.setdefault(said.pk, []).append((self._label(field), self._words(field, value)))
        return [Held(self._source(sources[pk]), sources[pk].as_of, said) for pk, said in by_source.items()]

    @property
    def sources(self) -> list[Source]:
        """The latest statements, the newest first."""
        latest = list(reversed(self.statements))[:MOST]
        photographed = Photo.objects.kept().filter(report__statement__in=latest)
        pictured = set(photographed.values_list("report__statement", flat=True))
        return [
            Source(self._source(s), s.as_of, s.said_at, self._fields(s, s.pk in pictured), self._otherwise(s))
            for s in latest
        ]

    @property
    def more(self) -> int:
        """How many earlier statements are not listed."""
        return max(0, len(self.statements) - MOST)

    def _fields(self, statement: Statement, pictured: bool) -> str:
        photo = [_("a photo of the place or a letter")] if pictured else []
        return ", ".join([*self._labels(statement.values), *photo])

    def _otherwise(self, statement: Statement) -> list[tuple[str, str]]:
        """What it said in other words than those that stand now."""
        now = {field: self._words(field, value.value) for field, value in self.concluded.items()}
        said = [(field, self._words(field, value)) for field, value in self._said(statement.values)]
        return [(self._label(field), words) for field, words in said if words != now.get(field)]

    def _said(self, values: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        return [(field, values[field]) for field in ALL if values.get(field)]

    def _labels(self, values: dict[str, Any]) -> list[str]:
        return [self._label(field) for field, _value in self._said(values)]

    def _label(self, field: str) -> str:
        return str(LABELS[field])

    def _words(self, field: str, value: Any) -> str:
        """The value in the reader's language; an address, and what leads to one, only as far as it may go."""
        language, text = get_language() or "id", str(value)
        if field in WITHHELD or (field in SHELTERED and self.deepest < Level.DISTRICT):
            return _("held; not shown here")
        if field == "work_area":
            return self.places.name(_code(text)) or _("held; not shown here")
        if field in DATES:
            return date_of(text)
        if field in ("nationality", "document_issuer"):
            return nations.name(text, language)
        if field == "permit_kind" and (kind := permits.kind(text)):
            return f"{_(kind.name('en'))} ({kind.code})"
        return value_of(field, text)

    def _source(self, statement: Statement) -> str:
        """What kind of source, which agency, and where: never an officer, never a village."""
        kind = str(Statement.Source(statement.source).label)
        named = (kind, isolated(statement.agency.short), isolated(self.places.name(statement.area_id)))
        return " · ".join(filter(None, named))

    @property
    def looks(self) -> list[Look]:
        return looks(self.person, self.deepest)

    @property
    def visits(self) -> list[Visit]:
        """When this page was opened, by whichever link."""
        return list(Visit.objects.filter(link__person=self.person).order_by("-pk")[:10])

    @property
    def requests(self) -> list[Request]:
        return list(self.person.requests.select_related("closure").order_by("-pk")[:10])

    @cached_property
    def office(self) -> Office | None:
        """The immigration office that answers for where they live."""
        return office_of(self.residence.area_id) if self.residence else None


def _code(named: str) -> str:
    """The code of the place a value names; "" where it is words alone."""
    found = NAMED_PLACE.search(named)
    return found[1] if found else ""
