"""What one mandate sees of one person, and nothing else of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from timpora.areas.codes import under
from timpora.desk import wording
from timpora.recaps.states import State, residents
from timpora.registry import sealed
from timpora.registry.conclusion import Value, conclude
from timpora.registry.fields import DOCUMENT, EMPLOYMENT, FAMILY, GUARANTOR, LABELS, PERMIT, open_to
from timpora.registry.models import Claim, Person, Residence, Statement
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.reports.models import Report
from timpora.reports.shown import date_of, value_of
from timpora.team.models import Mandate, Post

# Documents and permits have sections of their own; what nobody needs twice is left out of the facts.
ELSEWHERE = (*DOCUMENT, *PERMIT, *EMPLOYMENT, *GUARANTOR, *FAMILY)


class Fact(NamedTuple):
    """A concluded value in words, who said it, and as of when."""

    field: str
    label: str
    value: str
    source: str
    as_of: date


class Line(NamedTuple):
    """What one source said at one time, field by field."""

    statement: Statement
    source: str
    said: list[tuple[str, str]]


class Dossier:
    """A person as a mandate may read them: its fields by role, its own area, no officer's name.

    Raises nothing: who may open a person at all is decided before (`Person.objects.visible_to`).
    """

    def __init__(self, person: Person, by: Mandate) -> None:
        self.person, self.by = person, by
        self.open = open_to(by.sight)
        self.whole = by.sight.numbers

    @cached_property
    def statements(self) -> list[Statement]:
        return list(self.person.statements.select_related("agency", "area", "report").in_order())

    @cached_property
    def posts(self) -> dict[str, Post]:
        """The posts whose officers corrected something, by the source their statements name."""
        sources = {s.source_id for s in self.statements if s.source == Statement.Source.OFFICER}
        found = Post.objects.with_places().in_bulk([source.removeprefix("post:") for source in sources])
        return {f"post:{pk}": post for pk, post in found.items()}

    @cached_property
    def concluded(self) -> dict[str, Value]:
        """Every open value with its statement; the address is what was said of the present home."""
        concluded = conclude(self.person.uncontested(self.statements))
        home = self.person.home
        if home is not None:
            here = (s for s in self.statements if s.area_id == home.area_id and s.as_of >= home.started_on)
            concluded.pop("address", None)
            concluded |= {f: value for f, value in conclude(here).items() if f == "address"}
        return {field: concluded[field] for field in self.open if field in concluded}

    @property
    def facts(self) -> list[Fact]:
        return [self._fact(field) for field in self.concluded if field not in ELSEWHERE]

    def _fact(self, field: str) -> Fact:
        value, statement = self.concluded[field]
        said = self._source(self._of(statement))
        return Fact(field, str(LABELS[field]), value_of(field, value), said, statement.as_of)

    def _of(self, statement: Any) -> Statement:
        return next(s for s in self.statements if s.pk == statement.pk)

    @property
    def states(self) -> list[State]:
        return residents([self.person], self.by)[0].states

    @property
    def lines(self) -> list[Line]:
        """The statements made in the mandate's area, the newest first; no values outside the role's sight."""
        within = [s for s in reversed(self.statements) if self.by.reaches(s.area_id)]
        return [Line(s, self._source(s), self._said(s)) for s in within]

    def _said(self, statement: Statement) -> list[tuple[str, str]]:
        return [
            (str(LABELS[field]), value_of(field, statement.values[field]))
            for field in self.open
            if statement.values.get(field)
        ]

    @property
    def reports(self) -> Iterable[Report]:
        """Reports of the mandate's area about this person with what each tier said, the newest first."""
        mine = Report.objects.visible_to(self.by).filter(person=self.person).order_by("-pk")
        said = mine.prefetch_related("reviews", "statement__decisions")
        return said.select_related("area", "post__agency", "statement")

    @property
    def residences(self) -> Iterable[Residence]:
        mine = Residence.objects.believed().filter(under("area", self.by.codes), person=self.person)
        return mine.select_related("area__parent").order_by("-started_on", "-pk")

    @property
    def claims(self) -> Iterable[Claim]:
        mine = Claim.objects.visible_to(self.by).filter(person=self.person)
        return mine.order_by("-opened_at")

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """Documents with their masked number, for posts that see them."""
        return [
            self._told(row.statement) | {
                "document": row, "masked": row.masked,
                "issuer": value_of("document_issuer", row.issuer),
                "until": date_of(row.valid_until),
            }
            for row in self._rows(self.person.documents.order_by("-pk"))
        ]  # fmt: skip

    @cached_property
    def permits(self) -> list[dict[str, Any]]:
        """Stay permits, the one that figures use ahead: validity of the stay and of the visa apart, each as
        it was said last.
        """
        return [
            self._told(row.statement) | {
                "permit": row, "kind": value_of("permit_kind", row.kind),
                "until": date_of(row.until),
                "masked": sealed.masked("permit_number", row.number), "visa_until": date_of(row.visa_until),
                "past": is_past(row.until, self.by.post.today),
            }
            for row in self._rows(self.person.permits.newest_first())
        ]  # fmt: skip

    @property
    def works(self) -> list[dict[str, Any]]:
        """Employments, the newest first, with the place of work and the span of the plan in words."""
        return [
            self._told(row.statement) | {
                "work": row, "area": value_of("work_area", row.work_area),
                "plan_from": date_of(row.rptka_from), "plan_until": date_of(row.rptka_until),
            }
            for row in self._rows(self.person.employments.order_by("-pk"))
        ]  # fmt: skip

    @property
    def guarantors(self) -> list[dict[str, Any]]:
        return [
            self._told(row.statement) | {"guarantor": row}
            for row in self._rows(self.person.guarantors.order_by("-pk"))
        ]

    @cached_property
    def parent(self) -> dict[str, Any] | None:
        """The parent on whose permit the person stays: by name, and who it is where the mandate sees it."""
        if not self.whole or "parent" not in self.concluded:
            return None
        value, statement = self.concluded["parent"]
        words = value_of("parent", value)
        return self._told(self._of(statement)) | {"names": words, "person": self._seen_parent}

    @property
    def children(self) -> list[dict[str, Any]]:
        """The children on this person's permit who live within the mandate's area."""
        near = Person.objects.visible_to(self.by)
        links = self.person.children_links.filter(person__in=near).select_related("person")
        return [self._told(row.statement) | {"person": row.person} for row in self._rows(links)]

    @property
    def sees_parent(self) -> bool:
        return self._seen_parent is not None

    @cached_property
    def _seen_parent(self) -> Person | None:
        near: Person | None = (
            Person.objects.visible_to(self.by).filter(children_links__person=self.person).first()
        )
        return near

    def _rows(self, rows: Any) -> Iterable[Any]:
        """Rows that only posts with sight of numbers read, with who said each."""
        return rows.select_related("statement__agency", "statement__area") if self.whole else ()

    def _told(self, statement: Statement) -> dict[str, Any]:
        return {"source": self._source(statement), "as_of": statement.as_of}

    def _source(self, statement: Statement) -> str:
        return wording.source(statement, self.by.codes, self.posts)


def is_past(until: str, today: date) -> bool:
    """Whether a permit's last day lies before today; a partly known date is past only when all of it is."""
    try:
        return bool(until) and PartialDate.parse(until, allow_future=True).latest < today
    except PartialDateError:
        return False
