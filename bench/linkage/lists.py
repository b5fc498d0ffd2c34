"""Lists to match as records: the invented ones of bench.people."""

from __future__ import annotations

from bench.people.__main__ import Row, two_lists
from bench.people.written import HEADINGS
from timpora.registry.linkage.columns import Record

FIELDS = ("name", "birth", "sex", "nationality", "document", "area")  # of Record, in the order of HEADINGS


def record(row: Row) -> Record:
    """A row of bench.people as a record."""
    return Record(**dict(zip(FIELDS, row[1 : len(HEADINGS)], strict=True)))


def invented(count: int, seed: int) -> tuple[list[Record], list[Record], dict[tuple[int, int], str]]:
    """Two lists of `count` rows, and the culture of each pair of row numbers that is one person."""
    left, right, truth = two_lists(count, seed=seed)
    same = {(int(one[1:]), int(other[1:])): culture for one, other, culture in truth}
    return [record(row) for row in left], [record(row) for row in right], same
