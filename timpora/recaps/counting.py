"""One number in every office: the figures of an area, an office or the nation, each person counted once.

`counts` is the only answer to "how many"; tables, papers and the command line all ask it. What holds now is
read from registry's tallies, the end of a past month too above the regencies; any other day or moment is
grouped from the source rows, as `plain` always does. A property test holds both equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import NATION, Level, level
from timpora.exchange.models import Row
from timpora.recaps.month import Month
from timpora.recaps.places import Part, Place, UnknownPlace, place_of
from timpora.recaps.unconfirmed import UNCONFIRMED_DAYS, seen_since, unconfirmed_plainly
from timpora.registry.models import Residence
from timpora.registry.models.tally import Facet, figures
from timpora.reports.models import Waiting
from timpora.stays.models import Guest
from timpora.stays.plainly import plain_visitors

# Characters of a code on each tier: what a grouping by prefix keeps.
LENGTH = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}


@dataclass(frozen=True)
class Figures:
    """The four figures of one place; `code` is None for "not detailed" and "no office yet". They never add up
    with each other, but each of them adds up over `below`. `inside` names what a row without a code holds."""

    code: str | None
    name: str
    people: int = 0
    waiting: int = 0
    known_by_list: int = 0
    visitors: int = 0
    unconfirmed: int | None = None  # of `people`, for the whole place now: no evidence for sixty days
    below: tuple[Figures, ...] = ()
    inside: tuple[Figures, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The figures as `timpora counts --json` prints them."""
        return self._row() | {"below": [part._row() for part in self.below]}

    def _row(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": str(self.name),
            "people": self.people,
            "waiting": self.waiting,
            "known_by_list": self.known_by_list,
            "visitors": self.visitors,
        }


def counts(code: str, *, on: date | None = None, known: datetime | None = None) -> Figures:
    """What held in a place at the end of a day (None: now), as known at a moment (None: now).

    A day ends at 24:00 of each kabupaten's own clock. Raises UnknownPlace.
    """
    return counts_of(place_of(code), on=on, known=known)


def counts_of(place: Place, *, on: date | None = None, known: datetime | None = None) -> Figures:
    """`counts` of a place that was looked up already."""
    # Months are kept from the regencies up: a place whose parts are those is told from them.
    if on is not None and known is None and place.tier <= Level.REGENCY and Month.of(on).last == on:
        return _assemble(place, Gathered(*_at_the_end_of(Month.of(on), place), *_beside(place, on)))
    if on is not None or known is not None:
        return _assemble(place, Gathered(*_grouped(place, on, known), *_beside(place, on, known)))
    people, waiting = _tallied(place)
    if place.level is None or place.level <= Level.REGENCY:
        unseen = sum(people[code] for code in place.codes) - seen_since(place.codes)
    else:
        unseen = unconfirmed_plainly(place.codes)
    return _assemble(place, Gathered(people, waiting, *_beside(place)), unseen)


def plain(code: str, *, on: date | None = None, known: datetime | None = None) -> Figures:
    """The same figures, grouped from the source rows without any tally: slow on a nation, always true."""
    place = place_of(code)
    unseen = unconfirmed_plainly(place.codes) if on is None and known is None else None
    listed, _visiting = _beside(place, on, known)
    visitors = _by_code(plain_visitors(place.codes, on, known), place)
    return _assemble(place, Gathered(*_grouped(place, on, known), listed, visitors), unseen)


Sums = Counter[str]


class Gathered(NamedTuple):
    """The figures of a place and its parts by code, each with all that lies below."""

    people: Sums
    waiting: Sums
    listed: Sums
    visitors: Sums


def _tallied(place: Place) -> tuple[Sums, Sums]:
    """People and waiting by the codes of the place and of its parts, each with all that lies below."""
    people, waiting = Sums(), Sums()
    for (area, facet, _key), number in figures(_keys(place), (Facet.PEOPLE, Facet.WAITING)).items():
        (people if facet == Facet.PEOPLE else waiting)[area] += number
    return people, waiting


def _keys(place: Place) -> set[str]:
    return {*place.codes, *(code for part in place.parts for code in part.codes)}


def _at_the_end_of(month: Month, place: Place) -> tuple[Sums, Sums]:
    """A month's last day as known now: the people of now without what has changed in the months since."""
    people, _waiting = _tallied(place)
    for (area, _facet, _month), number in figures(
        _keys(place), (Facet.MONTH,), since=str(month.after)
    ).items():
        people[area] -= number
    return people, _by_prefix(Waiting.objects.under(*place.codes).known().on(month.last), place)


def _grouped(place: Place, on: date | None, known: datetime | None) -> tuple[Sums, Sums]:
    homes = Residence.objects.under(*place.codes).believed(known)
    # Nobody ends a residence on a day that has not come, so "now, as known then" is what had no end.
    homes = homes.filter(ended_on__isnull=True) if on is None else homes.on(on)
    waiting = Waiting.objects.under(*place.codes).known(known)
    if on is not None:
        waiting = waiting.on(on)
    return _by_prefix(homes, place), _by_prefix(waiting, place)


def _beside(place: Place, on: date | None = None, known: datetime | None = None) -> tuple[Sums, Sums]:
    """Persons known by list, and visitors: always from the source rows, for there are few beside residents,
    and who is one of them hangs on where somebody lives.
    """
    listed = Row.objects.known_by_list(*place.codes, on=on, known=known)
    visitors = Guest.objects.visitors(*place.codes, on=on, known=known)
    return _by_prefix(listed, place), _by_prefix(visitors, place)


def _by_prefix(rows: QuerySet[Any], place: Place) -> Sums:
    """The rows by the codes of the place's parts, and under its own codes the whole."""
    grouped = rows.order_by().values_list(Left("area_id", LENGTH[place.tier])).annotate(n=Count("*"))
    return _with_whole(Counter(dict(grouped)), place)


def _by_code(codes: Iterable[str], place: Place) -> Sums:
    """The same of areas that were listed one by one."""
    return _with_whole(Counter(code[: LENGTH[place.tier]] for code in codes), place)


def _with_whole(own: Sums, place: Place) -> Sums:
    whole: Sums = Counter()
    for code, number in own.items():
        whole[_head(code, place)] += number
    return own | whole


def _head(code: str, place: Place) -> str:
    """Which of the place's own codes an area code below it belongs to."""
    length = 0 if place.codes == (NATION,) else LENGTH[level(place.codes[0])]
    return code[:length] or NATION


def _assemble(place: Place, sums: Gathered, unseen: int | None = None) -> Figures:
    below = [_row(part, sums) for part in place.parts]
    people, waiting, listed, visitors = (sum(each[code] for code in place.codes) for each in sums)
    rest = Figures(
        None,
        _("not detailed"),  # type: ignore[arg-type]
        people=people - sum(row.people for row in below),
        waiting=waiting - sum(row.waiting for row in below),
        known_by_list=listed - sum(row.known_by_list for row in below),
        visitors=visitors - sum(row.visitors for row in below),
    )
    gone = {part.code for part in place.parts if part.retired}
    below = [row for row in below if row.code not in gone or _counts_anybody(row)]
    if place.parts and _counts_anybody(rest):
        below.append(rest)
    return Figures(
        place.code, place.name, people=people, waiting=waiting, known_by_list=listed, visitors=visitors,
        unconfirmed=unseen, below=tuple(below),
    )  # fmt: skip


def _counts_anybody(row: Figures) -> bool:
    return bool(row.people or row.waiting or row.known_by_list or row.visitors)


def _row(part: Part, sums: Gathered) -> Figures:
    people, waiting, listed, visitors = (sum(each[code] for code in part.codes) for each in sums)
    inside = tuple(_row(each, sums) for each in part.inside)
    return Figures(
        part.code, part.name, people=people, waiting=waiting, known_by_list=listed, visitors=visitors,
        inside=inside,
    )  # fmt: skip


__all__ = [
    "NATION",
    "UNCONFIRMED_DAYS",
    "Figures",
    "UnknownPlace",
    "counts",
    "counts_of",
    "place_of",
    "plain",
]
