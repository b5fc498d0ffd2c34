"""Which area a row's words for village and district mean, within the regency its list speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from timpora.areas import spelling
from timpora.areas.codes import Level, level, within
from timpora.areas.models import Area
from timpora.registry.names import fold


class Places:
    """The villages and districts of one regency by the names people write. One query for a whole list."""

    def __init__(self, regency: str) -> None:
        self.regency = regency
        self._named: dict[tuple[Level, str], set[str]] = defaultdict(set)
        for code, folded in Area.objects.live().under((regency,)).values_list("code", "folded"):
            self._named[level(code), folded].add(code)

    def of(self, village: str, district: str) -> str:
        """The code of the village where its name means one, else of the district, else of the regency.

        Two villages of one name are told apart by the district; where nothing does, neither is taken.
        """
        districts = self._found(Level.DISTRICT, district)
        villages = self._found(Level.VILLAGE, village)
        if districts:
            inside = {code for code in villages if any(within(code, above) for above in districts)}
            # A village of another district than the one named is somebody's mistake: neither is believed.
            villages = inside
        for found in (villages, districts):
            if len(found) == 1:
                return next(iter(found))
        return self.regency

    def _found(self, tier: Level, words: str) -> set[str]:
        named = [word for word in spelling.words(words) if not spelling.kinds(word)]
        return self._named.get((tier, spelling.key(" ".join(named))), set()) if named else set()


class Regencies:
    """Whether words name another kabupaten or kota than one. A query for all of them."""

    def __init__(self, regency: str) -> None:
        everywhere = dict(Area.objects.live().filter(level=Level.REGENCY).values_list("code", "folded"))
        self.own = everywhere.get(regency, "")
        self._others = frozenset(everywhere.values()) - {self.own}

    def elsewhere(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts says "Kab. Demak" or the like, and none names the regency itself.

        A name alone is not enough: streets and villages are called after towns.
        """
        named = {name for text in texts for name in self._named(text)}
        return bool(named & self._others) and self.own not in named

    def _named(self, text: str) -> Iterable[str]:
        words = fold(text).split()
        for place, word in enumerate(words):
            if word in ("kab", "kabupaten", "kota"):
                for length in (1, 2, 3):  # the longest name of a regency has three words
                    yield spelling.key(" ".join(words[place + 1 : place + 1 + length]))
