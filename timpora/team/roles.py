"""Roles, the tiers they stand on, and what each may see (rules.md names them; tests walk the table)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VILLAGE = "village", _("Village officer")
    DISTRICT = "district", _("District secretary")
    SECRETARY = "secretary", _("Regency secretary")
    IMMIGRATION = "immigration", _("Immigration officer")
    CHAIR = "chair", _("Chair")
    CONTRIBUTOR = "contributor", _("Agency contributor")
    COUNTS = "counts", _("Province or national reader")
    PROTECTION = "protection", _("Data-protection officer")
    AUDITOR = "auditor", _("Auditor")
    OPERATOR = "operator", _("System operator")
    LODGING = "lodging", _("Lodging")


class Tier(models.IntegerChoices):
    """Where a report is held; a smaller number stands higher."""

    OFFICE = 1, _("immigration office")
    REGENCY = 2, _("regency")
    DISTRICT = 3, _("district")
    VILLAGE = 4, _("village")


@dataclass(frozen=True)
class Sight:
    """What one role may see within its own area."""

    persons: bool = False
    departed: bool = False  # with residents also who lived here last and lives nowhere that is known
    birth_date: bool = False
    numbers: bool = False  # masked; a number opens by a POST with a purpose
    one_person: bool = False  # for 24 hours, on a recorded request
    lookers: bool = False  # who looked, by post
    ledger: bool = False
    counts: bool = True
    setup: bool = False
    tier: Tier | None = None


SIGHT: dict[str, Sight] = {
    Role.VILLAGE: Sight(persons=True, tier=Tier.VILLAGE),
    Role.DISTRICT: Sight(persons=True, departed=True, birth_date=True, tier=Tier.DISTRICT),
    Role.SECRETARY: Sight(persons=True, departed=True, birth_date=True, numbers=True, tier=Tier.REGENCY),
    Role.IMMIGRATION: Sight(persons=True, departed=True, birth_date=True, numbers=True, tier=Tier.OFFICE),
    Role.CHAIR: Sight(
        persons=True, departed=True, birth_date=True, numbers=True, lookers=True, tier=Tier.OFFICE
    ),
    Role.CONTRIBUTOR: Sight(),
    Role.COUNTS: Sight(one_person=True),
    Role.PROTECTION: Sight(ledger=True, lookers=True),
    Role.AUDITOR: Sight(ledger=True, lookers=True),
    Role.OPERATOR: Sight(setup=True, counts=True),
    Role.LODGING: Sight(counts=False),  # its own guests, which are no residents (stays)
}

# Roles whose posts report, confirm or decide; the others read or run the system.
WORKING = tuple(role for role, sight in SIGHT.items() if sight.tier)
# A lodging is no member of the team: no page is open to it that does not name it.
OUTSIDE = (Role.LODGING,)
MEMBERS = tuple(role for role in SIGHT if role not in OUTSIDE)
# Who may report: besides the tiers a house where people live, for whoever moves in there.
REPORTING = (*WORKING, Role.LODGING)
# Whoever may read names is shown every figure; the others get small cells hidden (rules.md section 1).
NAMELESS = tuple(role for role, sight in SIGHT.items() if not sight.persons)
