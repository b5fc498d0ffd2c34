"""What a list of scored pairs is worth against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Pairs = set[tuple[int, int]]
Scored = Sequence[tuple[int, int, float]]  # rows and probability (or likeness), the surest first


@dataclass(frozen=True, slots=True)
class Worth:
    """Precision, recall and F1 at a threshold fixed in advance, and the best F1 of any threshold."""

    precision: float
    recall: float
    f1: float
    best: float


def pairwise(scored: Scored, same: Pairs, threshold: float) -> Worth:
    """Every pair on its own."""
    taken = [(left, right) for left, right, score in scored if score >= threshold]
    return _worth(taken, [(left, right) for left, right, _score in scored], same)


def one_to_one(scored: Scored, same: Pairs, threshold: float) -> Worth:
    """Each row with its surest partner that is still free."""
    every = free(scored)
    taken = [(left, right) for left, right, score in every if score >= threshold]
    return _worth(taken, [(left, right) for left, right, _score in every], same)


def clustered(scored: Scored, same: Pairs, threshold: float) -> Worth:
    """Rows joined by any chain of pairs are one person (connected components)."""
    head: dict[int, int] = {}

    def root(row: int) -> int:
        while head.setdefault(row, row) != row:
            head[row] = head[head[row]]
            row = head[row]
        return row

    for left, right, score in scored:
        if score >= threshold:
            head[root(left)] = root(right)
    groups: dict[int, list[int]] = {}
    for row in list(head):
        groups.setdefault(root(row), []).append(row)
    taken = [
        (min(one, other), max(one, other))
        for rows in groups.values()
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
    ]
    return _worth(taken, taken, same)


def free(scored: Scored) -> list[tuple[int, int, float]]:
    """Of pairs in order, those whose rows stand in no pair before."""
    lefts, rights, kept = set(), set(), []
    for left, right, score in scored:
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            kept.append((left, right, score))
    return kept


def recalls(taken: Iterable[tuple[int, int]], cultures: Mapping[tuple[int, int], str]) -> dict[str, float]:
    """The share of each culture's pairs that was found."""
    found = Counter(cultures[pair] for pair in taken if pair in cultures)
    return {culture: found[culture] / number for culture, number in Counter(cultures.values()).items()}


def _worth(taken: Sequence[tuple[int, int]], ranked: Sequence[tuple[int, int]], same: Pairs) -> Worth:
    right = sum(pair in same for pair in taken)
    best = correct = 0.0
    for number, pair in enumerate(ranked, 1):
        correct += pair in same
        best = max(best, 2 * correct / (number + len(same)))
    return Worth(right / max(1, len(taken)), right / len(same), 2 * right / (len(taken) + len(same)), best)
