"""Finds the areas a typed text may mean, the likeliest first.

1. Digits are a code or the beginning of one.
2. A text is read in several ways: "kec kaliwungu kudus" as one name, or as a name and what it lies in.
   Each reading asks the index of search keys for that name or names it begins.
3. Only where that finds nothing, names like it are sought in memory (`gazetteer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from timpora.areas import codes, gazetteer, naming, spelling
from timpora.areas.codes import Level

if TYPE_CHECKING:
    from timpora.areas.models.area import Area, AreaQuerySet

SHORTEST = 2
"""Letters under which nothing is sought."""
Rank = tuple[float, ...]


@dataclass(frozen=True)
class Reading:
    """One way to understand the text: the key of a name, the kinds a word announced, where it must lie."""

    key: str
    kinds: frozenset[str]
    inside: tuple[str, ...]
    order: int


@dataclass(frozen=True)
class Request:
    """Where to search and how much to return."""

    areas: AreaQuerySet
    scope: tuple[str, ...]
    levels: tuple[int, ...]
    limit: int


def find(
    text: str, *, areas: AreaQuerySet, under: Iterable[str] = (), levels: Iterable[int] = (), limit: int = 20
) -> list[Area]:
    """At most `limit` areas of `areas` that `text` may mean; with ancestors joined, retired ones last.

    `under` narrows to what lies at or below these codes, `levels` to these tiers; empty means everywhere,
    every tier.
    """
    scope = codes.outermost(under) or (codes.NATION,)
    tiers = tuple(levels)
    areas = areas.under(scope)
    request = Request(areas.filter(level__in=tiers) if tiers else areas, scope, tiers, limit)
    code = spelling.as_code(text)
    return _by_code(code, request) if code else _by_name(text, request)


def _by_code(code: str, request: Request) -> list[Area]:
    beginning = Q(code__gte=code, code__lt=code[:-1] + chr(ord(code[-1]) + 1))
    return list(request.areas.filter(beginning).with_line().order_by("code")[: request.limit])


def _by_name(text: str, request: Request) -> list[Area]:
    words = spelling.words(text)
    if len(spelling.key("".join(words))) < SHORTEST:
        return []
    ranked: dict[str, Rank] = {}
    parents = _Parents(words, request)
    for reading in _readings(words, parents):
        _rank_spelt(reading, request, ranked)
    if not ranked:
        known = gazetteer.current(request.areas.model.objects.all())
        parents.guess(known.upper, request.scope)
        for reading in _readings(words, parents):
            _rank_spelt(reading, request, ranked)
            _rank_like(reading, request, known.every, ranked)
    best = sorted(ranked, key=lambda code: (*ranked[code], code))[: request.limit * 2]
    found = {area.code: area for area in request.areas.filter(code__in=best).with_line()}
    order = sorted((code for code in best if code in found), key=lambda code: found[code].retired)
    return [found[code] for code in order][: request.limit]


def _readings(words: list[str], parents: _Parents) -> Iterator[Reading]:
    """The ways to read the words, the plainest first; a reading whose parents exist nowhere is left out."""
    for end in range(len(words), 0, -1):
        inside = parents.of(end) if end < len(words) else (codes.NATION,)
        if not inside:
            continue
        yield Reading(spelling.key("".join(words[:end])), frozenset(), inside, len(words) - end)
        announced = spelling.kinds(words[0])
        if announced and end > 1:
            yield Reading(spelling.key("".join(words[1:end])), frozenset(announced), inside, len(words) - end)


class _Parents:
    """Which areas the rest of the words names, as what the first words lie in."""

    def __init__(self, words: list[str], request: Request) -> None:
        self.words = words
        spans = {self._key(a, b) for a in range(1, len(words)) for b in range(a + 1, len(words) + 1)} - {""}
        every = request.areas.model.objects.filter(folded__in=spans, level__lte=Level.DISTRICT)
        self.places: dict[str, list[str]] = {}
        for code, key in every.values_list("code", "folded") if spans else ():
            self.places.setdefault(key, []).append(code)

    def _key(self, start: int, end: int) -> str:
        first = start + 1 if end - start > 1 and spelling.kinds(self.words[start]) else start
        return spelling.key("".join(self.words[first:end]))

    def guess(self, known: gazetteer.Names, scope: tuple[str, ...]) -> None:
        """Where no parent is spelt right, takes what the last words are like."""
        if self.places:
            return
        for start in range(1, len(self.words)):
            key = self._key(start, len(self.words))
            self.places[key] = [code for _, code in known.near(key, scope, 5)]

    def of(self, start: int) -> tuple[str, ...]:
        """The codes that the words from `start` on may name, "kaliwungu kudus" as well as "kota kudus"."""
        found: set[str] = set()
        for end in range(len(self.words), start, -1):
            places = self.places.get(self._key(start, end), ())
            above = self.of(end) if end < len(self.words) else (codes.NATION,)
            found.update(code for code in places if codes.within_any(code, above))
        return codes.outermost(found)


def _rank_spelt(reading: Reading, request: Request, ranked: dict[str, Rank]) -> None:
    """Ranks the areas whose key is the reading's, then those whose key begins with it."""
    if len(reading.key) < SHORTEST:
        return
    areas = request.areas.filter(codes.under("code", reading.inside)).exclude(code__in=reading.inside)
    last = reading.key[:-1] + chr(ord(reading.key[-1]) + 1)
    begun = areas.filter(folded__gt=reading.key, folded__lt=last).order_by("level", "folded")
    for place, hits in enumerate((areas.filter(folded=reading.key).order_by("level"), begun)):
        for code in hits.values_list("code", flat=True)[: request.limit * 2]:
            _keep(ranked, code, (place, *_fit(code, reading), 0.0))


def _rank_like(reading: Reading, request: Request, known: gazetteer.Names, ranked: dict[str, Rank]) -> None:
    """Ranks the areas whose key is like the reading's, after all that are spelt right."""
    if len(reading.key) <= SHORTEST:
        return
    scope = [code for code in request.scope if codes.within_any(code, reading.inside)]
    scope += [code for code in reading.inside if codes.within_any(code, request.scope)]
    for score, code in known.near(reading.key, scope, request.limit * 3):
        if not request.levels or codes.level(code) in request.levels:
            _keep(ranked, code, (2, 100 - score, *_fit(code, reading)))


def _fit(code: str, reading: Reading) -> tuple[float, ...]:
    """How well an area suits a reading beside its name; smaller suits better."""
    unsuited = bool(reading.kinds) and naming.kind(code) not in reading.kinds
    return (float(unsuited), float(reading.order), float(codes.level(code)))


def _keep(ranked: dict[str, Rank], code: str, rank: Rank) -> None:
    if code not in ranked or rank < ranked[code]:
        ranked[code] = rank
