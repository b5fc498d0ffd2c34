"""One partner for each: when no list holds anybody twice, a record that has found its person is not free."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from timpora.registry.linkage.model import probability

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are taken for one person, with the weight of the pair and its probability."""

    left: int
    right: int
    weight: float
    probability: float


def one_to_one(pairs: Iterable[tuple[int, int, float]], lefts: int, rights: int, least: float) -> list[Pair]:
    """The pairs of at least this probability, the surest first, each row once; of `lefts` × `rights` rows.

    A wrong pair of middling weight nearly always holds a row that has a better partner, a right one never.
    So among rows that are still free a pair is likelier than its weight says: by the odds that two rows which
    do not belong together are both free, which the rows taken so far tell. Repeated until nothing is added.
    """
    ranked = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    taken: list[Pair] = []
    left_taken: set[int] = set()
    right_taken: set[int] = set()
    for _ in range(_ROUNDS):
        before, bonus = len(taken), _bonus(len(taken), lefts, rights)
        for left, right, weight in ranked:
            likely = probability(weight + bonus)
            if likely < least:
                break
            if left not in left_taken and right not in right_taken:
                left_taken.add(left)
                right_taken.add(right)
                taken.append(Pair(left, right, weight, likely))
        if len(taken) == before:
            break
    return taken


def _bonus(taken: int, lefts: int, rights: int) -> float:
    """How many bits the odds rise when both rows are still free."""
    free = max(1, lefts - taken) / max(1, lefts) * max(1, rights - taken) / max(1, rights)
    return -math.log2(free)
