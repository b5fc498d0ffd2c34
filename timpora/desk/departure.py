"""That somebody lives here no more: since when, why, by which report, and whether that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from timpora.registry.models import Freeze, Person, Residence
from timpora.reports.models import Report
from timpora.team.models import Mandate


@dataclass(frozen=True)
class Departure:
    """The last residence as it ended, and the report that ended it where it is of the reader's area."""

    residence: Residence
    report: Report | None
    may_take_back: bool

    @property
    def reason(self) -> str:
        """Why it ended, in words."""
        if self.report is not None and self.report.left:
            return str(self.report.get_left_display())
        return str(self.residence.get_end_display())


def departure_of(person: Person, by: Mandate) -> Departure | None:
    """How a person left the mandate's area; None for a resident."""
    last = person.departure
    if last is None:
        return None
    source, _colon, number = last.cause.partition(":")
    told = Report.objects.visible_to(by).select_related("post__area").filter(pk=number or 0)
    report: Report | None = told.first() if source == "report" else None
    return Departure(last, report, report is not None and _may_take_back(report, by))


def _may_take_back(report: Report, by: Mandate) -> bool:
    """Whether this mandate may take back the confirmation on the report's own page."""
    last = report.last_confirmation
    may = last is not None and by.tier is not None and by.tier <= last.tier
    return may and not Freeze.objects.covers(report.area_id, report.event_on)
