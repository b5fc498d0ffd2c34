"""Two records side by side: what agrees, what differs, and of each side only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from timpora.registry import masks, vault
from timpora.registry.fields import open_to
from timpora.registry.models import Person, Proposal
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
    for ground, outcome in proposal.grounds:
        values = (_of_report(report, ground, mandate), _of_person(person, ground, mandate))
        yours, theirs = values[0] if sees_report else "", values[1] if sees_person else ""
        lines.append(Line(LABELS[ground](), outcome, yours, theirs))
    home = person.home if sees_person else None
    return Comparison(
        person,
        tuple(lines),
        sees_report,
        sees_person,
        home.address if home else "",
        home.area.path if home else "",
    )


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
        sealed = person.documents.order_by("-pk").values_list("number_sealed", flat=True)
        return ", ".join(masks.number(vault.current().open_(number, "document")) for number in sealed)
    name = FIELDS[ground]
    return shown.value_of(name, getattr(person, name))


def _may_see(ground: str, mandate: Mandate) -> bool:
    return FIELDS[ground] in open_to(mandate.sight)
