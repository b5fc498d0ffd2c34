"""A place's figures as a text for a group outside: nobody there was asked what they may see.

So whoever makes it, it holds what the nameless may read and less: no area below the kecamatan, no cell under
the threshold, and no cell that would give one away, in this text or in that of the place above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.areas import clocks
from timpora.areas.codes import NATION, Level, parent
from timpora.areas.models import office_of
from timpora.recaps import moments
from timpora.recaps.counting import Figures, counts_of
from timpora.recaps.places import Place, place_of
from timpora.recaps.showing import SUPPRESS_BELOW
from timpora.recaps.suppression import Published, publish
from timpora.recaps.views import wording

LOWEST = Level.DISTRICT
HIDDEN = "•"


@dataclass
class Outside:
    """The figures of places as they may leave the house; each place is counted once."""

    on: date | None = None
    known: datetime | None = None
    _counted: dict[str, Figures] = field(default_factory=dict)

    def figures(self, place: Place) -> Figures:
        """The true figures, for which nobody outside asks."""
        if place.code not in self._counted:
            self._counted[place.code] = counts_of(place, on=self.on, known=self.known)
        return self._counted[place.code]

    def cells(self, place: Place, name: str) -> Published:
        """The parts of a place; where the place's own figure is hidden, all of them are."""
        below = self.figures(place).below
        if place.level is not None and place.level >= LOWEST:
            return Published((), self.total(place, name))
        table = publish([getattr(row, name) for row in below], threshold=_threshold(place))
        return Published((None,) * len(below), None) if self.total(place, name) is None else table

    def total(self, place: Place, name: str) -> int | None:
        """The place's own figure; None where it is small, or hidden as a part of the place above."""
        number: int = getattr(self.figures(place), name)
        if 0 < number < _threshold(place):
            return None
        above = self.above(place)
        if above is None:
            return number
        codes = [row.code for row in self.figures(above).below]
        if place.code not in codes:  # no part of it by itself: a regency without an office, a retired area
            return number
        return number if self.cells(above, name).cells[codes.index(place.code)] is not None else None

    def above(self, place: Place) -> Place | None:
        """The place in whose table this one is a row; None for the nation."""
        if place.code == NATION:
            return None
        if place.level == Level.REGENCY:
            office = office_of(place.code)
            return place_of(office.code if office else place.code[:2])
        if place.is_office:
            return place_of(place.codes[0][:2]) if place.codes else None
        return place_of(parent(place.code) or NATION)


def text(place: Place, on: date | None = None, known: datetime | None = None) -> str:
    """The text: the place's figure with its day and the moment it was known, its parts, and where it is
    from.
    """
    outside, zone = Outside(on, known), moments.zone_of(place)
    moment = timezone.localtime(known or timezone.now(), zone)
    day = on or moment.date()
    said = {"place": place.name, "day": date_format(day, "j F Y")}
    people, waiting = outside.total(place, "people"), outside.total(place, "waiting")
    lines = [
        f"*{_('Foreign nationals living in %(place)s, %(day)s') % said}*",
        ngettext("%(n)s person", "%(n)s people, each counted once", _many(people)) % {"n": _shown(people)},
        ngettext("%(n)s report waits", "%(n)s reports wait", _many(waiting)) % {"n": _shown(waiting)},
        *_parts(outside, place),
        "",
        _("As known on %(moment)s %(clock)s. From Timpora; figures only.")
        % {"moment": date_format(moment, "DATETIME_FORMAT"), "clock": clocks.LABELS[zone.key]},
    ]
    if HIDDEN in "".join(lines):
        lines.append(_("• A small figure is hidden, and with it others that would give it away."))
    return "\n".join(lines)


def _shown(number: int | None) -> str:
    return HIDDEN if number is None else wording.number(number)


def _many(number: int | None) -> int:
    """Which of a sentence's two forms is said; a hidden figure is never said to be one."""
    return 2 if number is None else number


def _parts(outside: Outside, place: Place) -> list[str]:
    cells = outside.cells(place, "people").cells
    rows = [row for row in zip(outside.figures(place).below, cells, strict=False) if row[1] != 0]
    if not rows:
        return []
    head = str(wording.PARTS[place.level][0])
    return ["", f"{head}:"] + [f"{row.name}: {_shown(number)}" for row, number in rows]


def _threshold(place: Place) -> int:
    """The smallest figure that leaves: never less than the usual one, more where the office says so."""
    within = place.level is None or place.level >= Level.REGENCY
    office = office_of(place.codes[0]) if place.codes and within else None
    return max(SUPPRESS_BELOW, office.suppress_below if office else 0)
