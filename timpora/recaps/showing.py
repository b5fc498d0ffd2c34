"""A place's figures as one mandate may see them: the same for all, small ones hidden from the nameless.

A village's figure is hidden by its district's table, a district that is one single village by its regency's:
so a figure hidden on one page is hidden on every page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count

from timpora.areas.codes import Level, at, parent, under
from timpora.areas.models import Area, Office, office_of
from timpora.recaps.behind import Behind, behind
from timpora.recaps.counting import Figures, counts_of
from timpora.recaps.places import Place, place_of
from timpora.recaps.reach import Reach, own_place, reach
from timpora.recaps.suppression import Published, publish
from timpora.team.models import Mandate

SUPPRESS_BELOW = 5  # practice of official statistics; an office sets its own

Pair = tuple[int | None, int | None]  # people and waiting


@dataclass(frozen=True)
class Row:
    """One part of a place; None is a hidden figure. A row without a code stays last."""

    code: str | None
    name: str
    people: int | None
    waiting: int | None
    inside: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What one mandate sees of one place: None is a hidden figure; a place above its own has no rows."""

    place: Place
    reach: Reach
    people: int | None
    waiting: int | None
    rows: tuple[Row, ...] = ()
    unconfirmed: int | None = None
    behind: Behind | None = None
    names: bool = False  # whether the persons behind the figure may be seen, too

    @property
    def whole(self) -> bool:
        return self.reach == Reach.WHOLE

    @property
    def hides(self) -> bool:
        """Whether a figure is hidden, so that the page says why."""
        rows = [figure for row in self.rows for figure in (row.people, row.waiting)]
        return None in (self.people, self.waiting, *rows) or (self.behind is not None and self.behind.hides)


class Showing:
    """Figures of a day (None: now) as known at a moment (None: now), for one mandate."""

    def __init__(self, mandate: Mandate, on: date | None = None, known: datetime | None = None) -> None:
        self.mandate, self.on, self.known = mandate, on, known
        self.nameless = not mandate.sight.persons
        self._places: dict[str, Place] = {}
        self._figures: dict[str, Figures] = {}

    def of(self, place: Place) -> Shown | None:
        """What the mandate sees of a place; None where the place does not exist for it."""
        reached = reach(self.mandate, place)
        if reached is None:
            return None
        self._places[place.code] = place
        shown = Shown(place, reached, *self._totals(place, reached))
        if reached == Reach.TOTAL:
            return shown
        shown = replace(shown, rows=self._rows(place), names=not self.nameless)
        # One page of attributes for whoever sees no names: several would give each other's hidden cells away.
        mine = not self.nameless or place.code == own_place(self.mandate)
        if self.on is not None or self.known is not None or not mine or shown.people is None:
            return shown
        unconfirmed = self._counted(place).unconfirmed
        return replace(
            shown,
            behind=behind(
                place, shown.people, unconfirmed, self._threshold(place.codes) if self.nameless else 0
            ),
        )

    def _counted(self, place: Place) -> Figures:
        if place.code not in self._figures:
            self._figures[place.code] = counts_of(place, on=self.on, known=self.known)
        return self._figures[place.code]

    def _totals(self, place: Place, reached: Reach) -> Pair:
        found = self._counted(place)
        if self.nameless:
            return self._published_total(place)
        if reached == Reach.TOTAL and place.level == Level.DISTRICT:
            # A district of two villages would tell the officer of one the figure of the other.
            others = [row for row in found.below if row.code is None or not self.mandate.reaches(row.code)]
            people, waiting = (table.total is not None for table in self._tables(place, others))
            return found.people if people else None, found.waiting if waiting else None
        return found.people, found.waiting

    def _rows(self, place: Place) -> tuple[Row, ...]:
        below = self._counted(place).below
        cells: list[Pair] = [(row.people, row.waiting) for row in below]
        if self.nameless:
            people, waiting = self._published(place)
            cells = list(zip(people.cells, waiting.cells, strict=True))
        return tuple(
            Row(
                row.code,
                row.name,
                *pair,
                inside=tuple(Row(each.code, each.name, each.people, each.waiting) for each in row.inside),
            )
            for row, pair in zip(below, cells, strict=True)
        )

    def _published(self, place: Place) -> tuple[Published, Published]:
        """The rows of a place as two tables; where its own figure is hidden, all of its rows are."""
        below = self._counted(place).below
        tables = self._tables(place, below)
        if place.level != Level.DISTRICT:
            return tables
        total = self._published_total(place)
        nothing = Published((None,) * len(below), None)
        return (nothing if total[0] is None else tables[0], nothing if total[1] is None else tables[1])

    def _published_total(self, place: Place) -> Pair:
        found = self._counted(place)
        if place.level is None or place.level < Level.DISTRICT:
            return found.people, found.waiting
        above = self._place(parent(place.code) or "")
        codes = [row.code for row in self._counted(above).below]
        if place.code not in codes:  # retired, and nobody left
            return found.people, found.waiting
        people, waiting = self._published(above)
        return people.cells[codes.index(place.code)], waiting.cells[codes.index(place.code)]

    def _tables(self, place: Place, rows: tuple[Figures, ...] | list[Figures]) -> tuple[Published, Published]:
        threshold, guarded = self._threshold(place.codes), self._guarded(place, rows)
        return (
            publish([row.people for row in rows], threshold=threshold, guarded=guarded),
            publish([row.waiting for row in rows], threshold=threshold, guarded=guarded),
        )

    def _guarded(self, place: Place, rows: tuple[Figures, ...] | list[Figures]) -> list[bool]:
        """Which rows are a village's figure: each of a district, and a district of one single village."""
        if place.level == Level.DISTRICT:
            return [True] * len(rows)
        if place.level != Level.REGENCY:
            return [False] * len(rows)
        villages = Area.objects.filter(under("code", [place.code]), level=Level.VILLAGE).order_by()
        single = set(
            villages.values_list("parent")
            .annotate(n=Count("pk"))
            .filter(n=1)
            .values_list("parent", flat=True)
        )
        return [row.code in single for row in rows]

    def _threshold(self, codes: tuple[str, ...]) -> int:
        """The smallest figure shown there: of the one office that answers for it, else the usual one."""
        if self.mandate.post.office is not None:
            return int(self.mandate.post.office.suppress_below)
        office: Office | None = (
            office_of(codes[0]) if len(codes) == 1 and at(Level.REGENCY, codes[0]) else None
        )
        return office.suppress_below if office else SUPPRESS_BELOW

    def _place(self, code: str) -> Place:
        if code not in self._places:
            self._places[code] = place_of(code)
        return self._places[code]
