"""Lists of persons laid over each other: how many stand in which of them, and where two say different things.

Pure: who somebody is was decided before; a list is a mapping from who to what it says of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from timpora.areas.codes import within

Who = TypeVar("Who", bound=Hashable)
# What one list says of one person: field → everything it says there, ready to be compared.
Said = Mapping[str, frozenset[str]]
Members = tuple[int, ...]

ONLY_IN = "only_in"
# The kinds of difference between two lists that both name somebody, and the fields each is about.
KINDS: dict[str, tuple[str, ...]] = {
    "permit": ("permit_kind", "permit_number", "document_number"),
    "validity": ("permit_until", "document_until"),
    "address": ("area",),
    "employer": ("employer",),
}


@dataclass(frozen=True)
class Difference:
    """What stands apart in two lists, by their places: `one` names the person and `other` does not, or both
    do and differ in `fields`.
    """

    who: Hashable
    kind: str
    one: int
    other: int
    fields: tuple[str, ...] = ()


def subsets(n: int) -> list[Members]:
    """The 2^n − 1 ways to stand in some of n lists: one list alone first, all of them last."""
    return [members for size in range(1, n + 1) for members in combinations(range(n), size)]


def parts(lists: Sequence[Mapping[Who, object]]) -> dict[Members, int]:
    """How many stand in exactly these lists, for each of the `subsets`; nobody is counted twice."""
    numbers = Counter(_standing(lists).values())
    return {members: numbers[members] for members in subsets(len(lists))}


def size(numbers: Mapping[Members, int], place: int) -> int:
    """The size of one list, as its parts add up to it."""
    return sum(number for members, number in numbers.items() if place in members)


def differences(lists: Sequence[Mapping[Who, Said]]) -> Iterator[Difference]:
    """Every difference, each once: a person for each list that lacks them, beside the first that has them;
    and for each two lists that both name them each kind in which these say something else.
    """
    for who, members in _standing(lists).items():
        for other in range(len(lists)):
            if other not in members:
                yield Difference(who, ONLY_IN, members[0], other)
        for one, other in combinations(members, 2):
            for kind, fields in _apart(lists[one][who], lists[other][who]):
                yield Difference(who, kind, one, other, fields)


def _standing(lists: Sequence[Mapping[Who, object]]) -> dict[Who, Members]:
    found: dict[Who, list[int]] = {}
    for place, each in enumerate(lists):
        for who in each:
            found.setdefault(who, []).append(place)
    return {who: tuple(places) for who, places in found.items()}


def _apart(one: Said, other: Said) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, fields in KINDS.items():
        differing = tuple(field for field in fields if differ(field, one, other))
        if differing:
            yield kind, differing


def differ(field: str, one: Said, other: Said) -> bool:
    """Whether both say something of a field and nothing they say agrees; an area inside the other agrees.

    What only one of them says is no difference: most lists leave most fields out.
    """
    mine, theirs = one.get(field, frozenset()), other.get(field, frozenset())
    if not mine or not theirs:
        return False
    if field == "area":
        return not any(within(a, b) or within(b, a) for a in mine for b in theirs)
    return mine.isdisjoint(theirs)
