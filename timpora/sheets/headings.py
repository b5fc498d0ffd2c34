"""The heading rows of a sheet as somebody made it: one row or two, with merged cells, under a title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from .grids import Grid

HEADING_ROWS = 25  # how far down a heading row may stand, under a title and a letterhead
Cells = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: `label` is unique in its sheet, `parts` the texts from the upper row down, with
    their line breaks.

    The second of two alike is "Nama (2)"; a column of values without a heading is "Kolom D".
    """

    label: str
    parts: tuple[str, ...]
    index: int


@dataclass(frozen=True, slots=True)
class Top:
    """The heading rows of a grid: `first` counts from 0, `height` is 1 or 2."""

    first: int
    height: int
    headings: tuple[Heading, ...]

    @property
    def below(self) -> int:
        """The index of the first row under the headings."""
        return self.first + self.height


def best(grid: Grid, worth: Callable[[Sequence[Heading]], float]) -> tuple[float, Top] | None:
    """The heading rows of the highest worth; of equal ones the upper and lower in height. None: no rows."""
    found = [(worth(top.headings), top) for top in _tops(grid)]
    return max(found, key=lambda pair: (pair[0], -pair[1].height, -pair[1].first), default=None)


def filled_down(grid: Grid, below: int) -> list[list[str]]:
    """The grid's rows; under `below` a cell merged over rows of one column holds its text in each.

    What is merged over columns there is a title within the table, and stays where it stands.
    """
    rows = [list(row) for row in grid.cells]
    for first, left, last, right in grid.merged:
        if left == right and first >= below and first < len(rows) and left < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                if left < len(row):
                    row[left] = rows[first][left]
    return rows


def _tops(grid: Grid) -> Iterator[Top]:
    width = grid.columns
    covered, last = _covered(grid, width), _last_filled(grid, width)
    for first in range(min(HEADING_ROWS, len(grid.cells))):
        upper = _row(grid.cells[first], first, width, covered)
        if not any(upper):
            continue
        yield Top(first, 1, _headings([(text,) for text in upper], last, first + 1))
        if first + 1 < len(grid.cells):
            lower = _row(grid.cells[first + 1], first + 1, width, covered)
            spread = upper if grid.merged else _spread(upper, lower)
            pairs = [(above, under) for above, under in zip(spread, lower, strict=True)]
            yield Top(first, 2, _headings(pairs, last, first + 2))


def _covered(grid: Grid, width: int) -> Cells:
    """The text for each cell of the first rows that a merged range covers."""
    texts: Cells = {}
    for first, left, last, right in grid.merged:
        if first > HEADING_ROWS or first >= len(grid.cells) or left >= len(grid.cells[first]):
            continue
        for row in range(first, min(last, HEADING_ROWS + 1) + 1):
            for column in range(left, min(right + 1, width)):
                texts[row, column] = grid.cells[first][left]
    return texts


def _row(cells: Sequence[str], at: int, width: int, covered: Cells) -> list[str]:
    texts = (covered.get((at, i), cells[i] if i < len(cells) else "") for i in range(width))
    return ["\n".join(" ".join(line.split()) for line in text[:200].split("\n")).strip() for text in texts]


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """The upper row where a group's name stands only over its first column, as in a CSV of a merged one."""
    spread = list(upper)
    for at in range(1, len(upper)):
        if not spread[at] and lower[at] and lower[at - 1]:
            spread[at] = spread[at - 1]
    return spread


def _last_filled(grid: Grid, width: int) -> list[int]:
    """For each column the index of its last row with a text, -1 for none."""

    def last(column: int) -> int:
        for at in range(len(grid.cells) - 1, -1, -1):
            if column < len(grid.cells[at]) and grid.cells[at][column].strip():
                return at
        return -1

    return [last(column) for column in range(width)]


def _headings(columns: Sequence[tuple[str, ...]], last: Sequence[int], below: int) -> tuple[Heading, ...]:
    headings: list[Heading] = []
    times: dict[str, int] = {}
    for index, texts in enumerate(columns):
        parts = tuple(dict.fromkeys(text for text in texts if text))
        label = " ".join(" ".join(parts).split())
        if not label:
            if last[index] < below:
                continue
            label = f"Kolom {_letters(index)}"
        times[label] = times.get(label, 0) + 1
        while times[label] > 1 and f"{label} ({times[label]})" in times:
            times[label] += 1
        name = label if times[label] == 1 else f"{label} ({times[label]})"
        times.setdefault(name, 1)
        headings.append(Heading(name, parts, index))
    return tuple(headings)


def _letters(index: int) -> str:
    """The column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters
