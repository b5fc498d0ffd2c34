"""What stands behind one number: sexes, permit kinds, what changed this month, permits that end soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from timpora.areas.codes import Level
from timpora.recaps.month import Month
from timpora.recaps.places import Place, place_of
from timpora.recaps.unconfirmed import local_day
from timpora.registry.models import Residence
from timpora.registry.models.tally import Facet, figures

ENDING = (30, 60, 90)  # days ahead within which a permit's end is worth a reminder


@dataclass(frozen=True)
class Breakdown:
    """One place's residents, each counted once in `sexes` and once in `permits` ("" stands for not stated).

    `ending` has how many permits end within 30, 60 and 90 days from today, each including the one before;
    `last_month` how many people lived here at the end of last month, as known now.
    """

    sexes: dict[str, int]
    permits: dict[str, int]
    ending: dict[int, int]
    last_month: int


def breakdown(code: str) -> Breakdown:
    """The breakdown of a place now. Raises UnknownPlace."""
    return breakdown_of(place_of(code))


def breakdown_of(place: Place) -> Breakdown:
    """`breakdown` of a place that was looked up already: from the tallies, dated values below a regency from
    the source rows."""
    sums = figures(place.codes, (Facet.PEOPLE, Facet.SEX, Facet.PERMIT))
    sexes, permits = _by_key(sums, Facet.SEX), _by_key(sums, Facet.PERMIT)
    today = local_day(place.codes[0])
    if place.level is not None and place.level > Level.REGENCY:
        return Breakdown(
            sexes, permits, _ending(_ends(place), today), _people_on(place, Month.of(today).before.last)
        )
    month, last = str(Month.of(today)), str(today + timedelta(days=max(ENDING)))
    dated = figures(place.codes, (Facet.UNTIL, Facet.MONTH), since=min(str(today), month), until=last)
    ends = {key: n for key, n in _by_key(dated, Facet.UNTIL).items() if key <= last}
    since = sum(n for key, n in _by_key(dated, Facet.MONTH).items() if key >= month)
    people = sum(_by_key(sums, Facet.PEOPLE).values())
    return Breakdown(sexes, permits, _ending(ends, today), people - since)


def plain_breakdown(code: str) -> Breakdown:
    """The same from the source rows alone."""
    place = place_of(code)
    homes = Residence.objects.current().under(*place.codes).order_by()
    sexes, permits = (
        dict(homes.values_list(f"person__{column}").annotate(n=Count("*")))
        for column in ("sex", "permit_kind")
    )
    today = local_day(place.codes[0])
    return Breakdown(
        sexes, permits, _ending(_ends(place), today), _people_on(place, Month.of(today).before.last)
    )


def _by_key(sums: Counter[tuple[str, str, str]], facet: Facet) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (_area, each, key), number in sums.items():
        if each == facet:
            found[key] += number
    return {key: number for key, number in found.items() if number}


def _ends(place: Place) -> dict[str, int]:
    homes = Residence.objects.current().under(*place.codes).order_by()
    return dict(
        homes.filter(person__permit_until__gt="").values_list("person__permit_until").annotate(n=Count("*"))
    )


def _ending(ends: dict[str, int], today: date) -> dict[int, int]:
    # As text: a permit that ends "2026-12", no day told, counts from the first of that month on.
    def within(days: int) -> Iterable[int]:
        return (n for key, n in ends.items() if str(today) <= key <= str(today + timedelta(days=days)))

    return {days: sum(within(days)) for days in ENDING}


def _people_on(place: Place, day: date) -> int:
    return int(Residence.objects.under(*place.codes).believed().on(day).count())
