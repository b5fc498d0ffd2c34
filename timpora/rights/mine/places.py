"""Places as a person's own page names them: never nearer than the kecamatan.

A trafficker may hold the passport, and with it the answers: the page must not lead to where somebody has
found refuge. Where the register itself knows, or shows, no more than a kabupaten, theirs says no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import get_language_bidi

from timpora.areas.codes import NATION, Level, ancestors, level
from timpora.areas.models import Area

NAMED_PLACE = re.compile(r"\((\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?)\)\s*$", re.ASCII)


class Places:
    """The names of areas, cut to what may be said. `deepest` is the tier below which nothing is named."""

    def __init__(self, codes: Iterable[str], deepest: Level) -> None:
        self.deepest = deepest
        wanted = {above for code in codes for above in ancestors(code)}
        self._areas = Area.objects.in_bulk(wanted)

    def name(self, code: str) -> str:
        """ "Kecamatan Kaliwungu, Kabupaten Kudus"; "" for an area that is not on the list."""
        if not code:
            return ""
        line = [each for each in ancestors(code) if level(each) <= self.deepest]
        named = [self._areas[each].full_name for each in line if each in self._areas and each != NATION]
        return ", ".join(named[:2])


def deepest_for(home: str | None) -> Level:
    """The tier down to which places are named for somebody who lives in an area, or in none."""
    return Level.REGENCY if home is not None and level(home) <= Level.REGENCY else Level.DISTRICT


def isolated(name: str) -> str:
    """A name in Latin letters that keeps its own order within a right-to-left sentence (Unicode UAX 9)."""
    return f"\u2068{name}\u2069" if name and get_language_bidi() else name
