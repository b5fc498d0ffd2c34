"""A place's figures as one mandate may see them: the same for all, small ones hidden from the nameless.

A village's figure is hidden by its district's table, a district that is one single village by its regency's:
so a figure hidden on one page is hidden on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

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


class Numbers(NamedTuple):
    """The figures that are shown of a place or of one part of it; None is a hidden one."""

    people: int | None
    waiting: int | None
    known_by_list: int | None
    visitors: int | None

    @classmethod
    def of(cls, figures: Figures) -> Numbers:
        return cls(*(getattr(figures, name) for name in cls._fields))


@dataclass(frozen=True)
class Row:
    """One part of a place; None is a hidden figure. A row without a code stays last."""

    code: str | None
    name: str
    people: int | None
    waiting: int | None
    known_by_list: int | None
    visitors: int | None
    inside: tuple[Row, ...] = ()

    @classmethod
    def of(cls, figures: Figures, numbers: Numbers) -> Row:
        inside = tuple(Row.of(each, Numbers.of(each)) for each in figures.inside)
        return cls(figures.code, figures.name, *numbers, inside=inside)


@dataclass(frozen=True)
class Shown:
    """What one mandate sees of one place: None is a hidden figure; a place above its own has no rows."""

    place: Place
    reach: Reach
    people: int | None
    waiting: int | None
    known_by_list: int | None
    visitors: int | None
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
        figures = [getattr(each, name) for each in (self, *self.rows) for name in Numbers._fields]
        return None in figures or (self.behind is not None and self.behind.hides)


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
        if reached is None or not self.mandate.sight.counts:
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

    def _totals(self, place: Place, reached: Reach) -> Numbers:
        found = self._counted(place)
        if self.nameless:
            return self._published_total(place)
        if reached == Reach.TOTAL and place.level == Level.DISTRICT:
            # A district of two villages would tell the officer of one the figure of the other.
            others = [row for row in found.below if row.code is None or not self.mandate.reaches(row.code)]
            tables = self._tables(place, others)
            whole = zip(Numbers.of(found), tables, strict=True)
            return Numbers(*(None if table.total is None else number for number, table in whole))
        return Numbers.of(found)

    def _rows(self, place: Place) -> tuple[Row, ...]:
        below = self._counted(place).below
        cells = [Numbers.of(row) for row in below]
        if self.nameless:
            tables = self._published(place)
            cells = [Numbers(*(table.cells[at] for table in tables)) for at in range(len(below))]
        return tuple(Row.of(row, numbers) for row, numbers in zip(below, cells, strict=True))

    def _published(self, place: Place) -> tuple[Published, ...]:
        """The rows of a place, a table a figure; where its own figure is hidden, all of its rows are."""
        below = self._counted(place).below
        tables = self._tables(place, below)
        if place.level != Level.DISTRICT:
            return tables
        nothing = Published((None,) * len(below), None)
        whole = zip(self._published_total(place), tables, strict=True)
        return tuple(nothing if total is None else table for total, table in whole)

    def _published_total(self, place: Place) -> Numbers:
        found = self._counted(place)
        if place.level is None or place.level < Level.DISTRICT:
            return Numbers.of(found)
        above = self._place(parent(place.code) or "")
        codes = [row.code for row in self._counted(above).below]
        if place.code not in codes:  # retired, and nobody left
            return Numbers.of(found)
        return Numbers(*(table.cells[codes.index(place.code)] for table in self._published(above)))

    def _tables(self, place: Place, rows: Sequence[Figures]) -> tuple[Published, ...]:
        threshold, guarded = self._threshold(place.codes), self._guarded(place, rows)
        return tuple(
            publish([getattr(row, name) for row in rows], threshold=threshold, guarded=guarded)
            for name in Numbers._fields
        )

    def _guarded(self, place: Place, rows: Sequence[Figures]) -> list[bool]:
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
