"""Tests that two records pass or fail, written once: one pair runs in Python, millions run as SQL.

Only operations on which DuckDB and rapidfuzz agree to the last bit are used: equality, overlap of lists,
Jaro-Winkler and Levenshtein. Damerau-Levenshtein is left out: in DuckDB it takes eight times as long, and two
letters that changed places leave the sorted letters of a name equal. An absent value passes no test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz.distance import JaroWinkler, Levenshtein

Columns = Mapping[str, Any]  # what columns.py makes of a record: text, a list of text, a number, or None


EACH = 3  # letters that must stand there for each that may differ


class Test(Protocol):
    """Something two records pass or fail."""

    def sql(self) -> str:
        """The test as SQL over columns that end in _l and _r; NULL counts as failed."""

    def holds(self, left: Columns, right: Columns) -> bool:
        """The test on two records."""


@dataclass(frozen=True, slots=True)
class Equal:
    """The same value on both sides; `other` compares a column with another one (crosswise names)."""

    column: str
    other: str = ""

    def sql(self) -> str:
        return f"{self.column}_l = {self.other or self.column}_r"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.other or self.column]
        return one is not None and two is not None and bool(one == two)


@dataclass(frozen=True, slots=True)
class Absent:
    """At least one side has no value in a column."""

    column: str

    def sql(self) -> str:
        return f"({self.column}_l is null or {self.column}_r is null)"

    def holds(self, left: Columns, right: Columns) -> bool:
        return left[self.column] is None or right[self.column] is None


@dataclass(frozen=True, slots=True)
class Unequal:
    """Two known values that are not the same."""

    column: str

    def sql(self) -> str:
        return f"{self.column}_l <> {self.column}_r"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.column]
        return one is not None and two is not None and bool(one != two)


@dataclass(frozen=True, slots=True)
class Close:
    """At most `edits` letters inserted, left out or replaced, of words long enough that this says something:
    "Anh" and "Binh" are two letters apart and nothing alike.
    """

    column: str
    edits: int
    other: str = ""

    def sql(self) -> str:
        left, right = f"{self.column}_l", f"{self.other or self.column}_r"
        # The lengths are compared first: they rule out most pairs at a fraction of the cost.
        near = f"abs(len({left}) - len({right})) <= {self.edits}"
        long = f"least(len({left}), len({right})) >= {self.edits * EACH}"
        return f"({near} and {long} and levenshtein({left}, {right}) <= {self.edits})"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.other or self.column]
        if one is None or two is None or min(len(one), len(two)) < self.edits * EACH:
            return False
        return Levenshtein.distance(one, two, score_cutoff=self.edits) <= self.edits


@dataclass(frozen=True, slots=True)
class Alike:
    """A Jaro-Winkler likeness (0 to 1) of at least `least`."""

    column: str
    least: float
    other: str = ""

    def sql(self) -> str:
        return f"jaro_winkler_similarity({self.column}_l, {self.other or self.column}_r) >= {self.least}"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.other or self.column]
        return one is not None and two is not None and JaroWinkler.similarity(one, two) >= self.least


@dataclass(frozen=True, slots=True)
class Shared:
    """At least `least` members of two lists agree; with `all_but`, so many of the shorter need not."""

    column: str
    least: int
    all_but: int | None = None

    def sql(self) -> str:
        left, right = f"{self.column}_l", f"{self.column}_r"
        shared = f"len(list_intersect({left}, {right}))"
        if self.all_but is None:
            return f"{shared} >= {self.least}"
        return f"{shared} >= greatest({self.least}, least(len({left}), len({right})) - {self.all_but})"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.column]
        if one is None or two is None:
            return False
        needed = self.least
        if self.all_but is not None:
            needed = max(needed, min(len(one), len(two)) - self.all_but)
        return len(set(one) & set(two)) >= needed


class AllOf:
    """Every one of several tests."""

    __slots__ = ("tests",)

    def __init__(self, *tests: Test) -> None:
        self.tests = tests

    def sql(self) -> str:
        return "(" + " and ".join(test.sql() for test in self.tests) + ")"

    def holds(self, left: Columns, right: Columns) -> bool:
        return all(test.holds(left, right) for test in self.tests)


class AnyOf:
    """At least one of several tests."""

    __slots__ = ("tests",)

    def __init__(self, *tests: Test) -> None:
        self.tests = tests

    def sql(self) -> str:
        return "(" + " or ".join(test.sql() for test in self.tests) + ")"

    def holds(self, left: Columns, right: Columns) -> bool:
        return any(test.holds(left, right) for test in self.tests)
