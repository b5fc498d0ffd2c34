"""Which tier holds a report, and who may act for a tier that cannot (rules.md section 2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from timpora.areas.codes import Level, at
from timpora.areas.models import Office, office_of
from timpora.prepared import Given, Prepared
from timpora.registry import working_days
from timpora.registry.seats import Seats
from timpora.reports.models.review import Review
from timpora.team.models import Mandate
from timpora.team.roles import Role, Tier

TIERS = {"district": Tier.DISTRICT, "regency": Tier.REGENCY, "office": Tier.OFFICE}
DEFAULT = (Tier.DISTRICT,)
SILENT_DAYS = 3


class Held(Protocol):
    """What must be known of a report to say who may act on it: the row itself, or its columns."""

    @property
    def area_id(self) -> str: ...
    @property
    def sender_id(self) -> int: ...
    @property
    def tier(self) -> int: ...
    @property
    def held_since(self) -> datetime: ...


def verifying(area: str) -> tuple[Tier, ...]:
    """The tiers that confirm an area's reports one after another; the last one's word verifies."""
    offices = _answering(regency=at(Level.REGENCY, area))
    return tuple(TIERS[name] for name in offices[0].tiers) if offices else DEFAULT


# Asked for every report taken in.
_answering: Prepared[Office] = Prepared(
    lambda: Office.objects.of_regency(Given("regency")).only("verifying_tiers")
)


def first_holder(by: Mandate, area: str) -> Tier:
    """The tier that holds a report sent by this mandate: the first verifying one above the sender."""
    sender = Tier.VILLAGE if by.role == Role.LODGING else by.tier  # it stands in a village and is no tier
    if sender is None:
        raise ValueError("only village, district, regency and office posts report, and lodgings")
    above = [tier for tier in verifying(area) if tier < sender]
    return above[0] if above else Tier(max(sender - 1, Tier.OFFICE))


def next_holder(tier: Tier, area: str) -> Tier | None:
    """The verifying tier after this one; None when its word was the last."""
    return next((other for other in verifying(area) if other < tier), None)


def standing(
    report: Held, by: Mandate, *, today: date | None = None, seats: Seats | None = None
) -> str | None:
    """In which standing a mandate may confirm a report: Review.Mark's values, or None when it may not.

    Nobody confirms what they submitted. A tier above acts where every tier below it is vacant, or has the
    submitter as its only holder; the regency also where the district has been silent too long.
    """
    if by.tier is None or not by.reaches(report.area_id) or by.user_id == report.sender_id:
        return None
    if by.tier == report.tier:
        return Review.Mark.NONE
    if by.tier > report.tier:
        return None
    seats = seats or Seats((report.area_id,))
    if seats.fall_to(by.tier, Tier(report.tier), report.area_id, without=report.sender_id):
        return Review.Mark.VACANT
    if report.tier == Tier.DISTRICT and by.tier == Tier.REGENCY and is_silent(report, today, seats=seats):
        return Review.Mark.SILENT
    return None


def is_silent(report: Held, today: date | None = None, *, seats: Seats | None = None) -> bool:
    """Whether the tier that holds a report has had it longer than the office's days of silence."""
    office = seats.office(report.area_id) if seats else office_of(report.area_id)
    limit = office.silent_days if office else SILENT_DAYS
    return working_days.between(timezone.localdate(report.held_since), today or timezone.localdate()) > limit
