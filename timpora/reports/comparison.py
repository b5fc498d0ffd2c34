"""Two records side by side: what agrees, what differs, and of each side only what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timpora.registry import fields, sealed
from timpora.registry.conclusion import conclude
from timpora.registry.fields import open_to
from timpora.registry.models import Person, Proposal
from timpora.registry.names import fold
from timpora.reports import shown
from timpora.reports.models import Report
from timpora.team.models import Mandate

# Which fields of a record each ground of a proposal speaks of.
FIELDS = {
    "document": "document_number",
    "name": "names",
    "birth": "birth_date",
    "nationality": "nationality",
    "sex": "sex",
}
# What tells namesakes apart, where the reader sees both records whole.
FURTHER = ("family", "given", "permit_number", "employer", "parent")


def in_lines(grounds: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """The grounds that are lines of their own, each with its outcome: the place stands as an address."""
    return [(ground, outcome) for ground, outcome in grounds if ground in FIELDS]


@dataclass(frozen=True)
class Line:
    """One ground: its label, how the two compare, and both values where the reader may see them."""

    label: str
    outcome: str  # same, near, differs, unknown
    yours: str
    theirs: str

    @property
    def word(self) -> str:
        return {
            "same": _("agrees"),
            "near": _("nearly agrees"),
            "differs": _("differs"),
            "unknown": _("not known"),
        }[self.outcome]

    @property
    def css(self) -> str:
        return "differs" if self.outcome == "differs" else "same"


@dataclass(frozen=True)
class Comparison:
    """A report beside one person it may speak of."""

    person: Person
    lines: tuple[Line, ...]
    sees_report: bool
    sees_person: bool
    address: str = ""
    home: str = ""


def compare(report: Report, proposal: Proposal, mandate: Mandate) -> Comparison:
    """The comparison as this mandate may see it: a side outside its area shows only how it compares."""
    person = proposal.person
    sees_report = mandate.reaches(report.area_id)
    sees_person = mandate.reaches(person.last_area or report.area_id)
    lines = []
    for ground, outcome in in_lines(proposal.grounds):
        values = (_of_report(report, ground, mandate), _of_person(person, ground, mandate))
        yours, theirs = values[0] if sees_report else "", values[1] if sees_person else ""
        lines.append(Line(LABELS[ground](), outcome, yours, theirs))
    if sees_report and sees_person and mandate.sight.numbers:
        lines += _further(report, person)
    home = person.home if sees_person else None
    return Comparison(
        person,
        tuple(lines),
        sees_report,
        sees_person,
        home.address if home else "",
        home.area.path if home else "",
    )


def _further(report: Report, person: Person) -> Iterator[Line]:
    """A line for each further field that at least one record names."""
    others = person.statements.exclude(pk=report.statement_id)
    theirs = {name: said.value for name, said in conclude(person.uncontested(others)).items()}
    yours: dict[str, Any] = report.values
    for name in FURTHER:
        told = [shown.value_of(name, values.get(name, "")) for values in (yours, theirs)]
        if any(told):
            same = _plain(name, yours.get(name, "")) == _plain(name, theirs.get(name, ""))
            outcome = "unknown" if not all(told) else "same" if same else "differs"
            yield Line(str(capfirst(fields.LABELS[name])), outcome, *told)


def _plain(name: str, value: str) -> str:
    """A value as it is compared: a number however it is spaced, words without case and accents."""
    return sealed.comparable(name, value) if name in fields.SEALED else fold(value)


LABELS = {
    "document": lambda: _("Document number"),
    "name": lambda: _("Name"),
    "birth": lambda: _("Date of birth"),
    "nationality": lambda: _("Nationality"),
    "sex": lambda: _("Sex"),
}


def _of_report(report: Report, ground: str, mandate: Mandate) -> str:
    name = FIELDS[ground]
    return shown.value_of(name, report.values.get(name, "")) if _may_see(ground, mandate) else ""


def _of_person(person: Person, ground: str, mandate: Mandate) -> str:
    if not _may_see(ground, mandate):
        return ""
    if ground == "document":
        return ", ".join(document.masked for document in person.documents.order_by("-pk"))
    name = FIELDS[ground]
    return shown.value_of(name, getattr(person, name))


def _may_see(ground: str, mandate: Mandate) -> bool:
    return FIELDS[ground] in open_to(mandate.sight)
