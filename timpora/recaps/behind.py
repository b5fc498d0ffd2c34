"""A breakdown in words and rows, as the page of a place shows it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timpora.recaps.breakdown import ENDING, Breakdown, breakdown_of
from timpora.recaps.places import Place
from timpora.recaps.suppression import publish
from timpora.registry import permits
from timpora.registry.models import Person

NOT_STATED = _("not stated")
Label = str | Promise


@dataclass(frozen=True)
class Cell:
    """One attribute and how many have it; None is hidden."""

    label: Label
    number: int | None


@dataclass(frozen=True)
class Behind:
    """What stands behind a number, ready to show: each list adds up to the number, but for `ending`."""

    sexes: tuple[Cell, ...]
    permits: tuple[Cell, ...]
    ending: tuple[tuple[int, int | None], ...]  # (days, permits that end within them)
    unconfirmed: int | None
    last_month: int
    change: int

    @property
    def hides(self) -> bool:
        cells = [cell.number for cell in (*self.sexes, *self.permits)]
        return None in (*cells, *(number for _days, number in self.ending), self.unconfirmed)


def behind(place: Place, people: int, unconfirmed: int | None, threshold: int = 0) -> Behind:
    """What stands behind a place's number now; attribute cells under the threshold are hidden, and with them
    those that would give one away."""
    found = breakdown_of(place)
    sexes: dict[Label, int] = {
        Person.Sex(key).label if key else NOT_STATED: found.sexes.get(key, 0)
        for key in (*Person.Sex.values, "")
    }
    unseen = publish([unconfirmed or 0, people - (unconfirmed or 0)], threshold=threshold)
    return Behind(
        sexes=_cells(sexes, threshold),
        permits=_cells(_permits(found), threshold),
        ending=_ending(found, people, threshold),
        unconfirmed=unseen.cells[0],
        last_month=found.last_month,
        change=people - found.last_month,
    )


def _permits(found: Breakdown) -> dict[Label, int]:
    """Every kind that is registered here, in the order of official tables, then others, then not stated."""
    language = get_language() or "id"
    named = {kind.code: _kind(kind.code, kind.name(language)) for kind in permits.kinds() if not kind.outside}
    known: dict[Label, int] = {label: found.permits.get(code, 0) for code, label in named.items()}
    others = {code: n for code, n in sorted(found.permits.items()) if code and code not in named}
    return known | others | {NOT_STATED: found.permits.get("", 0)}


def _kind(code: str, name: str) -> str:
    """The kind's name, with the code that officers know it by where it has one."""
    return f"{code} – {name}" if code.startswith("IT") else name


def _cells(numbers: dict[Label, int], threshold: int) -> tuple[Cell, ...]:
    table = publish(list(numbers.values()), threshold=threshold)
    cells = (Cell(label, number) for label, number in zip(numbers, table.cells, strict=True))
    # An empty kind is left out, unless others beside it are hidden: then its absence would tell.
    return tuple(cell for cell in cells if cell.number != 0 or table.hides)


def _ending(found: Breakdown, people: int, threshold: int) -> tuple[tuple[int, int | None], ...]:
    """Each span with those before it; hidden where one of its own steps is."""
    sums = [0, *(found.ending[days] for days in ENDING), people]
    steps = publish([after - before for before, after in pairwise(sums)], threshold=threshold).cells
    return tuple(
        (days, None if None in steps[: place + 1] else found.ending[days])
        for place, days in enumerate(ENDING)
    )
