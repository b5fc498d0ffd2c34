"""Tests that two records pass or fail, written once: one pair runs in Python, millions run as SQL.

Only operations on which DuckDB and rapidfuzz agree to the last bit are used: equality, overlap of lists,
Jaro-Winkler and Levenshtein. Damerau-Levenshtein is left out: in DuckDB it takes eight times as long, and two
letters that changed places leave the sorted letters of a name equal. An absent value passes no test.

What takes long (likenesses, overlaps) is the `measures` of a test: several tests ask for the same one, so a
query works each out once a pair and gives `sql` their names in its place (answers.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz.distance import JaroWinkler, Levenshtein

Columns = Mapping[str, Any]  # what columns.py makes of a record: text, a list of text, a number, or None
Names = Mapping[str, str]  # of measures that were worked out before: SQL → the column that holds it

EACH = 3  # letters that must stand there for each that may differ
MOST, MOST_OF_A_NAME = 3, 2  # letters that may differ at all: of sorted letters, of a name
_NONE: Names = {}


class Test(Protocol):
    """Something two records pass or fail."""

    def sql(self, names: Names = _NONE) -> str:
        """The test as SQL over columns that end in _l and _r; NULL counts as failed."""

    def measures(self) -> Iterator[str]:
        """What takes long in it, as SQL; one that rests on another stands after it."""

    def holds(self, left: Columns, right: Columns) -> bool:
        """The test on two records."""


@dataclass(frozen=True, slots=True)
class Equal:
    """The same value on both sides; `other` compares a column with another one (crosswise names)."""

    column: str
    other: str = ""

    def sql(self, names: Names = _NONE) -> str:
        return f"{self.column}_l = {self.other or self.column}_r"

    def measures(self) -> Iterator[str]:
        return iter(())

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.other or self.column]
        return one is not None and two is not None and bool(one == two)


@dataclass(frozen=True, slots=True)
class Absent:
    """At least one side has no value in a column."""

    column: str

    def sql(self, names: Names = _NONE) -> str:
        return f"({self.column}_l is null or {self.column}_r is null)"

    def measures(self) -> Iterator[str]:
        return iter(())

    def holds(self, left: Columns, right: Columns) -> bool:
        return left[self.column] is None or right[self.column] is None


@dataclass(frozen=True, slots=True)
class Unequal:
    """Two known values that are not the same."""

    column: str

    def sql(self, names: Names = _NONE) -> str:
        return f"{self.column}_l <> {self.column}_r"

    def measures(self) -> Iterator[str]:
        return iter(())

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.column]
        return one is not None and two is not None and bool(one != two)


@dataclass(frozen=True, slots=True)
class Close:
    """At most `edits` letters inserted, left out or replaced, of words long enough that this says something:
    "Anh" and "Binh" are two letters apart and nothing alike.

    `letters` names a column of the same letters sorted: an edit of the one is at most two of the other, so
    where these are far apart nothing more is asked.
    """

    column: str
    edits: int
    letters: str = ""

    def sql(self, names: Names = _NONE) -> str:
        *_, distance = self.measures()
        long = f"least(len({self.column}_l), len({self.column}_r)) >= {self.edits * EACH}"
        return f"({long} and {names.get(distance, distance)} <= {self.edits})"

    def measures(self) -> Iterator[str]:
        if not self.letters:
            yield _distance(self.column, _lengths(self.column))
        else:
            yield (sorted_apart := _distance(self.letters, _lengths(self.letters)))
            yield _distance(self.column, f"{sorted_apart} <= {2 * MOST_OF_A_NAME}")

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.column]
        if one is None or two is None or min(len(one), len(two)) < self.edits * EACH:
            return False
        return Levenshtein.distance(one, two, score_cutoff=self.edits) <= self.edits


def _distance(column: str, where: str) -> str:
    return f"case when {where} then levenshtein({column}_l, {column}_r) end"


def _lengths(column: str) -> str:
    """They rule out most pairs at a fraction of the cost."""
    return f"abs(len({column}_l) - len({column}_r)) <= {MOST}"


@dataclass(frozen=True, slots=True)
class Alike:
    """A Jaro-Winkler likeness (0 to 1) of at least `least`."""

    column: str
    least: float
    other: str = ""

    def sql(self, names: Names = _NONE) -> str:
        (likeness,) = self.measures()
        return f"{names.get(likeness, likeness)} >= {self.least}"

    def measures(self) -> Iterator[str]:
        yield f"jaro_winkler_similarity({self.column}_l, {self.other or self.column}_r)"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.other or self.column]
        return one is not None and two is not None and JaroWinkler.similarity(one, two) >= self.least


@dataclass(frozen=True, slots=True)
class Shared:
    """At least `least` members of two lists agree; with `all_but`, so many of the shorter need not.

    `wider` names a column of lists that agree wherever these do: where they don't, these aren't looked at.
    """

    column: str
    least: int
    all_but: int | None = None
    wider: str = ""

    def sql(self, names: Names = _NONE) -> str:
        *_, shared = self.measures()
        shared = names.get(shared, shared)
        if self.all_but is None:
            return f"{shared} >= {self.least}"
        shorter = f"least(len({self.column}_l), len({self.column}_r))"
        return f"{shared} >= greatest({self.least}, {shorter} - {self.all_but})"

    def measures(self) -> Iterator[str]:
        if not self.wider:
            yield _overlap(self.column)
        else:
            yield (wider := _overlap(self.wider))
            yield f"case when {wider} > 0 then {_overlap(self.column)} else 0 end"

    def holds(self, left: Columns, right: Columns) -> bool:
        one, two = left[self.column], right[self.column]
        if one is None or two is None:
            return False
        needed = self.least
        if self.all_but is not None:
            needed = max(needed, min(len(one), len(two)) - self.all_but)
        return len(set(one) & set(two)) >= needed


def _overlap(column: str) -> str:
    return f"len(list_intersect({column}_l, {column}_r))"


class AllOf:
    """Every one of several tests."""

    __slots__ = ("tests",)

    def __init__(self, *tests: Test) -> None:
        self.tests = tests

    def sql(self, names: Names = _NONE) -> str:
        return "(" + " and ".join(test.sql(names) for test in self.tests) + ")"

    def measures(self) -> Iterator[str]:
        for test in self.tests:
            yield from test.measures()

    def holds(self, left: Columns, right: Columns) -> bool:
        return all(test.holds(left, right) for test in self.tests)


class AnyOf:
    """At least one of several tests."""

    __slots__ = ("tests",)

    def __init__(self, *tests: Test) -> None:
        self.tests = tests

    def sql(self, names: Names = _NONE) -> str:
        return "(" + " or ".join(test.sql(names) for test in self.tests) + ")"

    def measures(self) -> Iterator[str]:
        for test in self.tests:
            yield from test.measures()

    def holds(self, left: Columns, right: Columns) -> bool:
        return any(test.holds(left, right) for test in self.tests)
