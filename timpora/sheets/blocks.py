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
END = b"{}\n"  # the last line of a workbook that was read to its end
_HEAD = 256 * 1024  # bytes of a CSV in which its headings are looked for


def head(path: Path, limits: Limits) -> bytes:
    """As much of the file as is needed to find its sheets and headings: of a CSV its first whole lines.

    Raises Unreadable for one that is larger than is taken.
    """
    if path.stat().st_size > limits.size:
        raise Unreadable("too_large")
    with path.open("rb") as file:
        start = file.read(_HEAD)
        if is_workbook(start) or len(start) < _HEAD:
            return start + file.read()
    return start[: _last_line(start)]


def _last_line(start: bytes) -> int:
    """Where its last whole line ends; of UTF-16, in which each sign has two bytes, at a whole sign."""
    wide = {b"\xff\xfe": b"\n\0", b"\xfe\xff": b"\0\n"}.get(start[:2])
    if wide is None:
        return start.rfind(b"\n")
    at = start.rfind(wide)
    while at > 0 and at % 2:
        at = start.rfind(wide, 0, at)
    return at


def blocks(path: Path, grid: Grid, below: int, limits: Limits) -> Iterator[Grid]:
    """The rows of one grid of the file, `grid` being what `grids` gave of its head; merged cells under the
    row `below` hold their text in each. Raises Unreadable.
    """
    with path.open("rb") as file:
        found = is_workbook(file.read(8))
    yield from _workbook(path, grid, below, limits) if found else _separated(path, grid, limits)


def _separated(path: Path, grid: Grid, limits: Limits) -> Iterator[Grid]:
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            if grid.said:
                file.readline()
            records = csv.reader(file, delimiter=grid.sign)
            first = 0
            while cells := [[plain(cell) for cell in record] for record in islice(records, BLOCK)]:
                yield Grid(cells, first=first)
                first += len(cells)
                if first > limits.rows:
                    raise Unreadable("too_many_rows")
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
                if line == END:
                    return
                if line.endswith(b"\n"):
                    yield spread.of(json.loads(line))
            died = process.wait()
        finally:
            process.kill()  # whoever stops reading half-way needs no more of it
            process.stdout.close()
    # What came before is a part of the list: of one that its limits or the system killed, too.
    raise Unreadable("too_large" if died < 0 else "not_a_sheet")


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
