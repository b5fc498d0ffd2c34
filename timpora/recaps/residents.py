"""Who lived in a village on a day, and what stands in the way of signing that nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from timpora.areas.models import Area
from timpora.recaps.month import Month
from timpora.registry.models import Claim, Person, Residence
from timpora.reports.models import Report


@dataclass(frozen=True)
class Obstacle:
    """What a village answers before nil is true, without names; `kind` says where it is answered."""

    kind: str  # "residents", "reports" or "claims"
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def residents_on(area: Area, day: date) -> list[Person]:
    """The persons whom the registry believes to live in a village at the end of a day."""
    homes = Residence.objects.filter(area=area).believed().on(day)
    return list(Person.objects.filter(residences__in=homes).with_home().order_by("names", "pk"))


def against_nil(area: Area, month: Month) -> list[Obstacle]:
    """What stands against nil in a village on the month's last day; empty when nothing does."""
    waiting = Report.objects.submitted().filter(
        area=area, kind__in=Report.NEW_KINDS, event_on__lte=month.last
    )
    numbers = {
        "residents": Residence.objects.filter(area=area).believed().on(month.last).count(),
        "reports": waiting.count(),
        "claims": Claim.objects.open().filter(claimed_in=area, claimed_on__lte=month.last).count(),
    }
    return [Obstacle(kind, _sentence(kind, n)) for kind, n in numbers.items() if n]


def _sentence(kind: str, n: int) -> str:
    if kind == "residents":
        said = ngettext(
            "%(n)d resident is registered here: please answer for this person.",
            "%(n)d residents are registered here: please answer for each of them.",
            n,
        )
    elif kind == "reports":
        said = ngettext(
            "%(n)d report of yours still waits for confirmation.",
            "%(n)d reports of yours still wait for confirmation.",
            n,
        )
    else:
        said = ngettext(
            "%(n)d person whom you reported is also counted elsewhere; this is being cleared.",
            "%(n)d persons whom you reported are also counted elsewhere; this is being cleared.",
            n,
        )
    return said % {"n": n}
