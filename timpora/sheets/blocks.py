"""A file too long to be held, as blocks of rows: what `grids` gives whole, one part after the other."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from .faults import Limits
from .grids import Grid, Unreadable, encoding_of, is_workbook, plain

BLOCK = 1_000  # rows
_HEAD = 256 * 1024  # bytes of a CSV in which its headings are looked for


def head(path: Path) -> bytes:
    """As much of the file as is needed to find its sheets and headings: of a CSV its first whole lines."""
    with path.open("rb") as file:
        start = file.read(_HEAD)
        if is_workbook(start) or len(start) < _HEAD:
            return start + file.read()
    return start[: start.rfind(b"\n\0" if start[:2] == b"\xff\xfe" else b"\n")]


def blocks(path: Path, grid: Grid, below: int, limits: Limits) -> Iterator[Grid]:
    """The rows of one grid of the file, `grid` being what `grids` gave of its head; merged cells under the
    row `below` hold their text in each. Raises Unreadable.
    """
    with path.open("rb") as file:
        found = is_workbook(file.read(8))
    yield from _workbook(path, grid, below, limits) if found else _separated(path, grid)


def _separated(path: Path, grid: Grid) -> Iterator[Grid]:
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            if grid.said:
                file.readline()
            records = csv.reader(file, delimiter=grid.sign)
            first = 0
            while cells := [[plain(cell) for cell in record] for record in islice(records, BLOCK)]:
                yield Grid(cells, first=first)
                first += len(cells)
    except (csv.Error, UnicodeDecodeError):
        raise Unreadable("not_a_sheet") from None


def _workbook(path: Path, grid: Grid, below: int, limits: Limits) -> Iterator[Grid]:
    """The blocks as workbook.py writes them, in a process that may die of its limits."""
    script = Path(__file__).with_name("workbook.py")
    words = [sys.executable, "-I", str(script), str(limits.memory), str(limits.seconds), "blocks", str(BLOCK)]
    with path.open("rb") as file:
        process = subprocess.Popen(
            [*words, grid.name], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    assert process.stdout is not None
    with process:
        try:
            spread = _Spread(below)
            for line in process.stdout:
                yield spread.of(json.loads(line))
        finally:
            process.kill()  # whoever stops reading half-way needs no more of it
            process.stdout.close()
    if process.returncode > 0:
        raise Unreadable("not_a_sheet")


class _Spread:
    """Cells merged over rows, each block with their text, though it may stand in an earlier block."""

    def __init__(self, below: int) -> None:
        self.below = below
        self.merged: list[tuple[int, int, int, int]] = []
        self.unresolved: frozenset[tuple[int, int]] = frozenset()
        self.texts: dict[tuple[int, int], str] = {}

    def of(self, block: dict[str, Any]) -> Grid:
        cells, first = block["cells"], block["first"]
        if "merged" in block:
            self.merged = [(a, b, c, d) for a, b, c, d in block["merged"] if b == d and a >= self.below]
            self.unresolved = frozenset((r, c) for r, c in block["unresolved"])
        for top, column, last, _right in self.merged:
            if first <= top < first + len(cells) and column < len(cells[top - first]):
                self.texts[top, column] = cells[top - first][column]
            for at in range(max(top + 1, first), min(last + 1, first + len(cells))):
                if column < len(cells[at - first]):
                    cells[at - first][column] = self.texts.get((top, column), "")
        rounded = frozenset((r, c) for r, c in block["rounded"])
        return Grid(cells, rounded, unresolved=self.unresolved, first=first)
