"""Rows of one list that are one person together, where pairs disagree: A is B, B is C, and A is hardly C."""

from __future__ import annotations

import math
from collections.abc import Iterable

from timpora.registry.linkage.model import probability

MISSING = -14.0  # bits of a pair that was not worth comparing or keeping
_ROUNDS = 5


def groups(pairs: Iterable[tuple[int, int, float]], rows: int, least: float) -> list[list[int]]:
    """The groups of at least two rows, of a list of so many; `pairs` are rows with their weight in bits.

    The surest pairs come first. Two groups become one where they are at least that probable by the mean of
    the surest pair between them and of all of them: one slip joins no two families, nor does it part one. A
    wrong pair of middling weight nearly always holds rows that have found others already, so a pair with a
    row that is still alone is likelier than its weight says: by the odds that any row is. Repeated until
    nothing is added.
    """
    weights = {(min(pair[:2]), max(pair[:2])): pair[2] for pair in pairs}
    ranked = sorted(weights, key=lambda pair: (-weights[pair], pair))
    members: dict[int, list[int]] = {}  # of each row its group; one list for all of a group
    for _ in range(_ROUNDS):
        before, bonus = len(members), _bonus(len(members), rows)
        for one, other in ranked:
            if probability(weights[one, other] + bonus) < least:
                break
            left, right = members.get(one, [one]), members.get(other, [other])
            if left is not right and probability(_between(left, right, weights, bonus)) >= least:
                together = [*left, *right]
                members.update(dict.fromkeys(together, together))
        if len(members) == before:
            break
    return sorted(sorted(group) for group in {id(group): group for group in members.values()}.values())


def _between(left: list[int], right: list[int], weights: dict[tuple[int, int], float], bonus: float) -> float:
    """How much speaks for two groups being one, in bits."""
    found = [weights.get((min(one, other), max(one, other)), MISSING) for one in left for other in right]
    weight = (max(found) + sum(found) / len(found)) / 2
    return weight + bonus if min(len(left), len(right)) == 1 else weight


def _bonus(grouped: int, rows: int) -> float:
    """How many bits the odds rise where a row is still alone."""
    return -math.log2(max(1, rows - grouped) / max(1, rows))
