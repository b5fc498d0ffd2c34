"""Names near a misspelt one, from a list kept in memory.

92,000 keys are compared in about 20 ms. The list is read once a process (0.2 s, 15 MB), when the first name
is sought that no index finds, and again when the number of areas changes or after five minutes: a name it
does not know yet is found by its right spelling all the same, and what it offers is fetched anew.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from timpora.areas import codes
from timpora.areas.codes import Level

NEAR = 72
"""Likeness in percent under which a name is not offered: "kalikungu" is 89 % like "kaliwungu"."""
FRESH = 300
"""Seconds for which the list is trusted."""


@dataclass(frozen=True)
class Names:
    """Codes in order, and beside each the key of its name."""

    places: list[str]
    keys: list[str]

    def near(self, key: str, scope: Iterable[str], limit: int) -> list[tuple[float, str]]:
        """(likeness in percent, code) of the names most like `key` within `scope`, the likest first."""
        hits: list[tuple[float, str]] = []
        for low, high in (codes.prefix_range(code) for code in codes.outermost(scope)):
            start, end = bisect_left(self.places, low), bisect_left(self.places, high)
            part = self.keys[start:end]
            for _, score, place in process.extract(
                key, part, scorer=fuzz.ratio, score_cutoff=NEAR, limit=limit
            ):
                hits.append((score, self.places[start + place]))
        return sorted(hits, key=lambda hit: (-hit[0], codes.level(hit[1]), hit[1]))[:limit]


@dataclass(frozen=True)
class Gazetteer:
    """The names of all areas, and apart those down to the districts, in which others may lie."""

    every: Names
    upper: Names
    read_at: float


class _Kept:
    gazetteer: Gazetteer | None = None


def current(areas: QuerySet[Any]) -> Gazetteer:
    """The gazetteer, from memory while it is fresh. `areas` is the unfiltered queryset of Area."""
    kept = _Kept.gazetteer
    if kept is None or time.monotonic() - kept.read_at > FRESH or len(kept.every.places) != areas.count():
        rows = list(areas.order_by("code").values_list("code", "folded"))
        upper = [row for row in rows if codes.level(row[0]) <= Level.DISTRICT]
        kept = _Kept.gazetteer = Gazetteer(_names(rows), _names(upper), time.monotonic())
    return kept


def _names(rows: list[tuple[str, str]]) -> Names:
    return Names([code for code, _ in rows], [key for _, key in rows])
