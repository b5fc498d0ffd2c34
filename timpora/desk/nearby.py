"""What changed near a mandate lately: reports and movements of its area, without names for who sees none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from timpora.areas.codes import Level, at
from timpora.areas.models import Area
from timpora.desk.acts import sentence
from timpora.desk.doors import address
from timpora.desk.volume import under
from timpora.ledger.models import Entry
from timpora.reports.models import Report, Review
from timpora.team.models import Mandate

SHOWN = 8
CHANGES = ("report.verified", "residence.moved_out")


@dataclass(frozen=True)
class Change:
    """One change: when, where, what; `name` and `href` only for posts that see persons."""

    at: datetime
    place: str
    what: str
    name: str = ""
    href: str = ""


def changes(mandate: Mandate) -> list[Change]:
    """The latest changes of the mandate's area, newest first."""
    return _told(mandate) if mandate.sight.persons else _untold(mandate)


def _told(mandate: Mandate) -> list[Change]:
    """Verified reports with the names that the mandate may read."""
    last_word = Review.objects.live().filter(report=OuterRef("pk"), final=True).order_by("-pk")
    verified = Report.objects.visible_to(mandate).filter(state=Report.State.VERIFIED)
    shown = verified.with_people().annotate(verified_at=Subquery(last_word.values("at")[:1])).order_by("-pk")
    return [
        Change(
            at=moment, place=report.area.name, what=str(report.get_kind_display()),
            name=report.values.get("names") or (report.person.names if report.person else ""),
            href=address("reports:report", report.pk),
        )
        for report in shown[:SHOWN]
        for moment in [vars(report)["verified_at"] or report.held_since]
    ]  # fmt: skip


def _untold(mandate: Mandate) -> list[Change]:
    """The same from the ledger, no nearer than the district: a village's small figures would show through."""
    entries = list(Entry.objects.filter(under(mandate.codes), action__in=CHANGES).order_by("-number")[:SHOWN])
    places = {entry.number: at(Level.DISTRICT, entry.area) or entry.area for entry in entries}
    names = {area.pk: area.full_name for area in Area.objects.filter(pk__in=set(places.values()))}
    return [Change(e.moment, names.get(places[e.number], ""), sentence(e.action)) for e in entries]
