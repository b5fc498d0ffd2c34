"""A row beside others: what they say of the same person, and whom it may speak of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from timpora.areas.codes import under
from timpora.exchange import visibility, words
from timpora.exchange.models import Row
from timpora.exchange.visibility import Difference
from timpora.registry.fields import open_to
from timpora.registry.models import Proposal, Statement
from timpora.reports import shown
from timpora.reports.comparison import FIELDS, LABELS, in_lines
from timpora.reports.comparison import Line as Ground
from timpora.team.models import Mandate


@dataclass(frozen=True)
class Told:
    """One field of one source, its label and value in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Source:
    """What another source says of the row's person, as far as the reader may see it."""

    name: str
    as_of: object
    values: tuple[Told, ...]
    differing: tuple[str, ...]
    compared: tuple[Difference, ...]


class Beside:
    """A row's own words, and every other source's of the same person."""

    def __init__(self, row: Row, mandate: Mandate) -> None:
        self.row, self.mandate = row, mandate
        self.own = row.batch.agency_id == mandate.post.agency_id and mandate.reaches(row.batch.area_id)

    @cached_property
    def values(self) -> list[Told]:
        """What the row says: whole for whoever gave it."""
        return told(visibility.shown(self.row.values, role=self.mandate.role, own=self.own))

    @cached_property
    def sources(self) -> list[Source]:
        """The newest word of each other source in the reader's area about the person."""
        statement = self.row.statement
        if statement is None or statement.person is None:
            return []
        others = statement.person.statements.exclude(pk=statement.pk).select_related("agency")
        newest: dict[tuple[str, str], Statement] = {}
        for other in others.filter(under("area", self.mandate.codes)).in_order():
            newest[other.agency_id, other.source] = other
        fields = self._fields_of(newest.values())
        return [self._source(other, fields.get(other.pk, frozenset())) for other in newest.values()]

    def _fields_of(self, statements: Iterable[Statement]) -> dict[int, frozenset[str]]:
        """The fields that the record behind each statement names; none for what is not from a list."""
        rows = Row.objects.filter(statement__in=[each.pk for each in statements]).select_related(
            "batch__sharing"
        )
        return {row.statement_id or 0: frozenset(row.batch.sharing.fields) for row in rows.order_by("pk")}

    def _source(self, other: Statement, fields: frozenset[str]) -> Source:
        role, mine = self.mandate.role, self.row.values
        shared = fields & set(self.row.batch.sharing.fields)
        own = self.own and other.agency_id == self.row.batch.agency_id and other.source == other.Source.ROW
        values = visibility.shown(other.values, role=role, own=own, shared=shared)
        compared = visibility.differences(mine, other.values, role=role, own=self.own, shared=shared)
        return Source(
            f"{other.agency.short} · {other.get_source_display()}", other.as_of, tuple(told(values)),
            tuple(words.field(each.field) for each in compared if not each.same), compared,
        )  # fmt: skip


def told(values: dict[str, str]) -> list[Told]:
    """Values as a page shows them: a nation by its name, a date in words; sealed ones were opened before."""
    return [
        Told(words.field(name), value if name.endswith("_number") else shown.value_of(name, value))
        for name, value in values.items()
    ]


class Candidate:
    """A row beside one proposed person: how each field compares, of each side what the reader may see."""

    def __init__(self, row: Row, proposal: Proposal, mandate: Mandate) -> None:
        self.person = proposal.person
        self.sees_row = mandate.reaches(row.area_id)
        self.sees_person = mandate.reaches(self.person.last_area or row.area_id)
        open_fields = open_to(mandate.sight)
        self.lines = []
        for ground, outcome in in_lines(proposal.grounds):
            name = FIELDS[ground]
            seen = name in open_fields
            mine = shown.value_of(name, row.values.get(name, "")) if seen and self.sees_row else ""
            theirs = self._of_person(name) if seen and self.sees_person else ""
            self.lines.append(Ground(LABELS[ground](), outcome, mine, theirs))
        home = self.person.home if self.sees_person else None
        self.home = f"{home.address} · {home.area.path}" if home else ""

    def _of_person(self, name: str) -> str:
        if name == "document_number":
            return ", ".join(document.masked for document in self.person.documents.order_by("-pk"))
        return shown.value_of(name, getattr(self.person, name))
