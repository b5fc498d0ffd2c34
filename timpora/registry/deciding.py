"""Who decides where two records may be one person: the lowest tier from district to office over both."""

from __future__ import annotations

from timpora.areas.codes import Level, at
from timpora.areas.models import office_of
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier


def deciding_tier(first: str, second: str) -> Tier:
    """The tier that decides between records of two areas.

    Across offices it is the office tier: there the office of the later report decides after the other agreed.
    """
    for level, tier in ((Level.DISTRICT, Tier.DISTRICT), (Level.REGENCY, Tier.REGENCY)):
        common = at(level, first)
        if common is not None and common == at(level, second):
            return tier
    return Tier.OFFICE


def other_office(first: str, second: str) -> str | None:
    """The code of the office of `second` where it is not that of `first`; None where one covers both."""
    mine, theirs = office_of(first), office_of(second)
    return theirs.code if theirs and (mine is None or mine.code != theirs.code) else None


def may_decide(
    mandate: Mandate,
    tier: Tier,
    area: str,
    other: str,
    seats: Seats | None = None,
    submitter: int | None = None,
) -> bool:
    """Whether a mandate stands at the deciding tier and covers both records (its own alone, across offices).

    The part of a tier where nobody sits, the `submitter` not counted, falls to the next one up.
    """
    if mandate.tier is None or not mandate.reaches(area):
        return False
    if mandate.tier != tier:
        seats = seats or Seats((area,))
        if not seats.fall_to(mandate.tier, tier, area, without=submitter):
            return False
    return mandate.reaches(other) or tier == Tier.OFFICE
