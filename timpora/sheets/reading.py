"""A file somebody sent, as rows under the caller's column names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .columns import Column, Headings, recognise
from .faults import Fault, Limits
from .grids import Grid, Unreadable, grids
from .headings import HEADING_ROWS


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` as the spreadsheet shows it, `values` column name → trimmed text ("" = empty)."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file held. `found` are the columns that stand in it, `unknown` headings nobody asked for."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    found: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read(data: bytes, columns: Sequence[Column], limits: Limits | None = None) -> Sheet:
    """The rows of an XLSX, XLS, ODS or CSV under `columns`, and everything to put right about the file.

    The sheet and row that hold the most known headings are taken; titles above, a row of column numbers
    below and empty rows are passed over. Dates come as ISO 8601 text, formulas as their last result,
    a cell in error as "". Never raises for the content: a file that cannot be read is one Fault of row 0.
    """
    limits = limits or Limits()
    try:
        found = grids(data, limits, limits.rows + HEADING_ROWS + 1)
    except Unreadable as unreadable:
        return _faulty(unreadable.code)
    if not any(cell.strip() for grid in found for row in grid.cells for cell in row):
        return _faulty("empty")
    grid, top, headings = max(_tops(found, columns), key=lambda best: len(best[2].places))
    if not headings.places:
        return _faulty("no_headings")
    if grid.columns > limits.columns:
        return _faulty("too_many_columns")
    return _filled(grid, top, headings, columns, limits)


def _tops(grids: Sequence[Grid], columns: Sequence[Column]) -> Iterator[tuple[Grid, int, Headings]]:
    """Each of the first rows of every grid, read as headings."""
    for grid in grids:
        for at, cells in enumerate(grid.cells[:HEADING_ROWS]):
            yield grid, at, recognise(cells, columns)


def _filled(grid: Grid, top: int, headings: Headings, columns: Sequence[Column], limits: Limits) -> Sheet:
    """The rows under the heading row `top`, with the faults of headings and cells."""
    faults = [Fault(top + 1, name, "doubled_column") for name in headings.doubled]
    missing = (c.name for c in columns if c.required and c.name not in headings.places)
    faults += [Fault(top + 1, name, "missing_column") for name in missing]
    rows: list[Row] = []
    for at in range(top + 1, len(grid.cells)):
        cells = grid.cells[at]
        values = {name: clean(cells[i]) if i < len(cells) else "" for name, i in headings.places.items()}
        if not any(values.values()) or (not rows and counts_columns(cells)):
            continue
        if len(rows) == limits.rows:
            faults.append(Fault(at + 1, "", "too_many_rows"))
            break
        faults += _cell_faults(grid, at, headings, values, limits)
        short = {name: value[: limits.cell] for name, value in values.items()}
        rows.append(Row(at + 1, {column.name: short.get(column.name, "") for column in columns}))
    if not rows:
        faults.append(Fault(0, "", "empty"))
    return Sheet(rows, faults, tuple(headings.places), headings.unknown)


def _cell_faults(
    grid: Grid, at: int, headings: Headings, values: dict[str, str], limits: Limits
) -> list[Fault]:
    faults = []
    for name, index in headings.places.items():
        if (at, index) in grid.rounded:
            faults.append(Fault(at + 1, name, "rounded_number"))
        if len(values[name]) > limits.cell:
            faults.append(Fault(at + 1, name, "too_long"))
    return faults


def counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers its columns 1, 2, 3 …, as tables of Indonesian offices do."""
    filled = [cell.strip(" ().") for cell in cells if cell.strip()]
    return len(filled) >= 3 and filled == [str(number) for number in range(1, len(filled) + 1)]


def clean(cell: str) -> str:
    """The cell's text composed (NFC), trimmed, with plain line ends and without control characters."""
    if cell.isascii() and cell.isprintable():  # most cells, and ten times as fast
        return cell.strip()
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", kept).strip()  # last: what stood apart may be composed now


def _faulty(code: str) -> Sheet:
    return Sheet(faults=[Fault(0, "", code)])
