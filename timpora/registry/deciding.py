"""Who decides where two records may be one person: the lowest tier from district to office over both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, at
from timpora.areas.models import office_of
from timpora.ledger.refusal import Refusal
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier


class Mark(models.TextChoices):
    """For whom a word was given."""

    NONE = "", _("by the tier itself")
    VACANT = "vacant", _("for a vacant post")


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


def marked(*words: str) -> tuple[str, ...]:
    """A ledger entry's fields: the word that was given, and for whom if not by the tier itself."""
    return tuple(str(word) for word in words if word)


def not_for(by: Mandate, submitter: int, sentence: object) -> Refusal:
    """The refusal of a word about what another tier decides, or about one's own report."""
    if by.user_id == submitter:
        return Refusal(_("Nobody decides about what they submitted."), code="own_report")
    return Refusal(sentence, code="not_allowed")


def standing(
    mandate: Mandate, tier: Tier, area: str, other: str, *, submitter: int, seats: Seats | None = None
) -> Mark | None:
    """For whom a mandate would decide about a report of `area` and a record of `other`; None: not at all.

    It covers both records, across offices its own alone. Nobody decides about what they submitted; the part
    of a tier where nobody else sits falls to the next one up, marked.
    """
    if mandate.tier is None or mandate.user_id == submitter or not mandate.reaches(area):
        return None
    if not mandate.reaches(other) and tier != Tier.OFFICE:
        return None
    if mandate.tier == tier:
        return Mark.NONE
    seats = seats or Seats((area,))
    return Mark.VACANT if seats.fall_to(mandate.tier, tier, area, without=submitter) else None
