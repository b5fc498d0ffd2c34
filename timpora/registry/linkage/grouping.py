"""Rows of one list that are one person each, where pairs disagree: A is B, B is C, and A is hardly C."""

from __future__ import annotations

import math
from collections.abc import Iterable

from timpora.registry.linkage.model import probability

MISSING = -9.0  # bits of a pair that was not worth comparing
_ROUNDS = 5


def groups(pairs: Iterable[tuple[int, int, float]], rows: int, least: float) -> list[list[int]]:
    """The groups of at least two rows, of a list of so many; `pairs` are rows with their weight in bits.

    The surest pairs come first, and two groups become one where all pairs between them, taken together, are
    at least that probable: one slip joins nobody's whole family. A wrong pair of middling weight nearly
    always holds a row that has found others already, a right one hardly ever. So a pair with a row still
    alone is likelier than its weight says: by the odds that any row is. Repeated until nothing is
    added.
    """
    weights = {(min(a, b), max(a, b)): weight for a, b, weight in pairs}
    ranked = sorted(weights, key=lambda pair: (-weights[pair], pair))
    members: dict[int, list[int]] = {}  # of each row, its group; one list for all of a group
    for _ in range(_ROUNDS):
        before = len(members)
        bonus = -math.log2(max(1, rows - len(members)) / rows) if rows else 0.0
        joined = False
        for one, other in ranked:
            left, right = members.get(one, [one]), members.get(other, [other])
            if left is right:
                continue
            alone = (len(left) == 1) + (len(right) == 1)
            if weights[one, other] + alone * bonus < _bits(least):
                continue
            between = [weights.get((min(a, b), max(a, b)), MISSING) for a in left for b in right]
            if probability(sum(between) / len(between) + alone * bonus) >= least:
                together = [*left, *right]
                members.update(dict.fromkeys(together, together))
                joined = True
        if not joined or len(members) == before:
            break
    return sorted({id(group): sorted(group) for group in members.values()}.values())


def _bits(likely: float) -> float:
    return math.log2(likely / (1 - likely))
