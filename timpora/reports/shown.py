"""What a reader is shown of a report: its state in words, its values as far as the role may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from timpora.registry import named, nations, permits, sealed
from timpora.registry.fields import ALL, DATES, LABELS, SEALED, open_to
from timpora.registry.models import Guarantor, IdentityDocument, Person
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.reports.models import Report, Review
from timpora.team.roles import Sight, Tier

State = Report.State
BADGES = {
    State.SUBMITTED: "waiting",
    State.VERIFIED: "sure",
    State.SENT_BACK: "ask",
    State.REFUSED: "ask",
    State.WITHDRAWN: "silent",
}


@dataclass(frozen=True)
class Row:
    """One report in a list."""

    report: Report
    mark: str = ""  # Review.Mark: for whom the reader would confirm

    @property
    def name(self) -> str:
        return name_of(self.report)

    @property
    def country(self) -> str:
        said = self.report.values.get("nationality") or (
            self.report.person.nationality if self.report.person else ""
        )
        return nations.name(said, get_language() or "id") if said else ""

    @property
    def address(self) -> str:
        return str(self.report.values.get("address", ""))

    @property
    def birth(self) -> str:
        return value_of("birth_date", self.report.values.get("birth_date", ""))

    @property
    def permit(self) -> str:
        return str(self.report.values.get("permit_kind", ""))

    @property
    def age(self) -> str:
        """How long the present tier has had it."""
        days = (timezone.localdate() - timezone.localdate(self.report.held_since)).days
        return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days} if days else _("since today")

    @property
    def mark_words(self) -> str:
        return str(Review.Mark(self.mark).label) if self.mark else ""

    @property
    def badge(self) -> str:
        return "calm" if is_checked(self.report) else BADGES[State(self.report.state)]

    @property
    def state(self) -> str:
        return state_of(self.report)

    @property
    def shown(self) -> str:
        """What this page shows of its state; a page that was overtaken is told by it."""
        return version(self.report)


def is_checked(report: Report) -> bool:
    """Whether who it speaks of is being decided."""
    if report.state != State.SUBMITTED:
        return False
    # Lists annotate whether the last verifying tier has confirmed.
    confirmed = getattr(report, "checked", None)
    return bool(report.is_doubtful if confirmed is None else confirmed)


def state_of(report: Report) -> str:
    """The state in the reader's language: "waiting for the kecamatan", "verified", "being checked" …"""
    if is_checked(report):
        return _("being checked")
    if report.state == State.SUBMITTED:
        return {
            Tier.OFFICE: _("waiting for the immigration office"),
            Tier.REGENCY: _("waiting for the kabupaten"),
            Tier.DISTRICT: _("waiting for the kecamatan"),
        }[Tier(report.tier)]
    return str(State(report.state).label)


def version(report: Report) -> str:
    """A report's state as a short word without personal data, for the page that shows it to send back."""
    checked = "checked" if is_checked(report) else report.state
    return f"{checked}.{report.tier}"


def version_words(shown: str) -> str:
    """The words for what a page had shown."""
    state, _dot, tier = shown.partition(".")
    if state == "checked":
        return _("being checked")
    if state not in State.values or tier not in {"1", "2", "3"}:
        return ""
    return state_of(Report(state=state, tier=int(tier))) if state != State.SUBMITTED else _waiting(int(tier))


def _waiting(tier: int) -> str:
    report = Report(state=State.SUBMITTED, tier=tier)
    report.checked = False  # type: ignore[attr-defined]
    return state_of(report)


def name_of(report: Report) -> str:
    """Who it is about, as printed."""
    return str(report.values.get("names") or (report.person.names if report.person else ""))


def facts(values: dict[str, Any], sight: Sight) -> list[tuple[str, str]]:
    """(label, value) of what a role may see, in the order of the form; numbers masked."""
    return [(_label(name), value_of(name, values[name])) for name in open_to(sight) if values.get(name)]


def unseen(values: dict[str, Any], sight: Sight) -> str:
    """The labels of what was said and is not open to the role, without the values; "" for nothing."""
    return _labels(values, without=open_to(sight))


def received(values: dict[str, Any]) -> str:
    """The labels of what a report says besides who and where, for its receipt."""
    return _labels(values, without=("names", "nationality", "nationality_text", "address"))


def _labels(values: dict[str, Any], *, without: tuple[str, ...]) -> str:
    return ", ".join(str(LABELS[name]) for name in ALL if values.get(name) and name not in without)


def value_of(name: str, value: str) -> str:
    """A field's value in the reader's language; a number masked, one that no key opens not shown at all."""
    language = get_language() or "id"
    if not value:
        return ""
    if name in ("nationality", "document_issuer"):
        return nations.name(value, language)
    if name in DATES:
        return date_of(value)
    if name in SEALED:
        return sealed.masked(name, value)
    if name == "permit_kind":
        kind = permits.kind(value)
        return f"{kind.name(language)} ({kind.code})" if kind else value
    if name in ("work_area", "parent"):
        return named.words(value)
    return str(_LABELS.get(name, {}).get(value, value))


_LABELS: dict[str, dict[str, Any]] = {
    "sex": dict(Person.Sex.choices),
    "document_kind": dict(IdentityDocument.Kind.choices),
    "guarantor_status": dict(Guarantor.Status.choices),
}


def date_of(value: str) -> str:
    """A date of which parts may be unknown, in words; what is no date stays as its source wrote it."""
    try:
        return PartialDate.parse(value, allow_future=True).display(get_language() or "id")
    except PartialDateError:
        return value


def _label(name: str) -> str:
    return str(capfirst(LABELS[name]))
