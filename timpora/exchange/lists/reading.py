"""An agency's file as it is: looked at first, so that its columns can be confirmed, then read by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from timpora.sheets import Limits
from timpora.sheets.blocks import blocks, head
from timpora.sheets.grids import Grid, Unreadable, grids
from timpora.sheets.headings import HEADING_ROWS, Top, best
from timpora.sheets.reading import clean, counts_columns

from .dates import current_day
from .faults import LIMITS, LONG, Fault, Note
from .kinds import KINDS, ListKind
from .lines import NAMES, SHARED, Columns, Line, Under, lines_of
from .mapping import ListHeading, other_kind, proposed, worth

LOOKED_AT = 80  # rows of each sheet that are enough to recognise its columns


@dataclass(frozen=True, slots=True)
class SheetSize:
    """A sheet that may be chosen: its name ("" for a CSV), and how many rows and columns it has."""

    name: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file holds before it is read: its sheets, the one chosen, and what each heading seems to mean.

    `heading_row` is the last heading row as the spreadsheet numbers it, 0 when there is none.
    """

    sheets: tuple[SheetSize, ...] = ()
    sheet: str = ""
    heading_row: int = 0
    headings: tuple[ListHeading, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether nothing about the file as a whole must be put right first."""
        return not any(fault.blocks for fault in self.faults)

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field as proposed, for the headings that have one."""
        return {heading.label: heading.field for heading in self.headings if heading.field}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings nobody could place."""
        return tuple(heading.label for heading in self.headings if heading.sure == "unknown")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file read: its `lines` with their faults, and what is to be said of the whole.

    `mapping` is what was read (heading → field), `passed_over` the numbers of rows without a person,
    `citizens` how many rows of Indonesians were not kept.
    """

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    passed_over: tuple[int, ...] = ()
    citizens: int = 0


def inspect(
    data: bytes,
    kind: ListKind | str,
    remembered: Mapping[str, str] | None = None,
    sheet: str | None = None,
    *,
    today: date | None = None,
    limits: Limits = LIMITS,
) -> Inspection:
    """The sheets of the file and the headings of the one that fits best, or of `sheet`. Never raises.

    `remembered` is what the agency confirmed before (heading → field, "" for a heading it leaves out).
    """
    meant, kept = _kind(kind), remembered or {}
    found = _grids(data, limits, LOOKED_AT * 100, LOOKED_AT)
    sizes = () if isinstance(found, Fault) else _sizes(found)
    chosen = found if isinstance(found, Fault) else _chosen(found, meant, kept, sheet)
    if isinstance(chosen, Fault):
        return Inspection(sizes, sheet or "", faults=(chosen,))
    grid, top = chosen
    shown = _shown(grid, top, meant, kept, today or current_day())
    empty = [Fault("empty")] if grid.rows <= top.below else []
    faults = (*_size_faults(grid, limits), *_wrong(top, meant), *empty)
    return Inspection(sizes, grid.name, top.below, shown, faults)


def read(
    data: bytes,
    kind: ListKind | str,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    *,
    today: date,
) -> Draft:
    """The file's lines under a confirmed `mapping` (heading → field), None for the proposed. Never raises.

    A file that cannot be read so has no lines, and a fault that `blocks`.
    """
    found = _grids(data, LIMITS, LIMITS.rows + HEADING_ROWS + 2, only=sheet)
    opened = found if isinstance(found, Fault) else _opened(found, _kind(kind), mapping, sheet, today)
    if isinstance(opened, Fault):
        return Draft(faults=[opened], sheet=sheet or "")
    grid, top, columns, faults = opened
    return _draft(grid, top, columns, [*_size_faults(grid, LIMITS), *faults], today)


def read_long(
    path: Path, kind: ListKind | str, mapping: Mapping[str, str], sheet: str | None, *, today: date
) -> Long | Fault:
    """The file ready to be read row by row under a confirmed `mapping`, or what must be put right first."""
    try:
        found = _grids(head(path, LONG), LONG, LOOKED_AT * 100, LOOKED_AT, sheet)
    except Unreadable as unreadable:
        return Fault(unreadable.code)
    opened = found if isinstance(found, Fault) else _opened(found, _kind(kind), mapping, sheet, today)
    if isinstance(opened, Fault):
        return opened
    grid, top, columns, faults = opened
    blocking = next((fault for fault in (*_size_faults(grid, LONG), *faults) if fault.blocks), None)
    return blocking or Long(path, grid, Under(top, columns, today))


@dataclass(frozen=True, slots=True)
class Long:
    """A file too long to be held. `look` through it first; its `lines` may then be asked for once."""

    path: Path
    grid: Grid
    under: Under

    def look(self) -> Iterator[int]:
        """Reads it once, to learn what its columns do; yields the rows so far. Raises Unreadable."""
        for block in self._blocks():
            self.under.look(block)
            yield block.first + len(block.cells)

    def lines(self) -> Iterator[Line]:
        """Reads it a second time, line by line. Raises Unreadable."""
        for block in self._blocks():
            yield from self.under.lines(block)

    def notes(self) -> list[Note]:
        """What is to be said of the whole, after its last line."""
        return self.under.notes()

    def _blocks(self) -> Iterator[Grid]:
        return blocks(self.path, self.grid, self.under.top.below, LONG)


def _opened(
    found: Sequence[Grid],
    kind: ListKind,
    mapping: Mapping[str, str] | None,
    sheet: str | None,
    today: date,
) -> tuple[Grid, Top, Columns, list[Fault]] | Fault:
    """The sheet to read, its headings, the columns and what is wrong with them; or why there is none."""
    chosen = _chosen(found, kind, mapping or {}, sheet)
    if isinstance(chosen, Fault):
        return chosen
    grid, top = chosen
    if mapping is None:
        mapping = {heading.label: heading.field for heading in _shown(grid, top, kind, {}, today)}
    columns = Columns({h.label: (h.index, mapping[h.label]) for h in top.headings if mapping.get(h.label)})
    return grid, top, columns, [*_wrong(top, kind), *_mapping_faults(columns, top, mapping)]


def _draft(grid: Grid, top: Top, columns: Columns, faults: list[Fault], today: date) -> Draft:
    """The lines, unless a fault of the file blocks them."""
    if any(fault.blocks for fault in faults):
        return Draft(faults=faults, sheet=grid.name, mapping=columns.fields)
    found = lines_of(grid, top, columns, today)
    if not found.lines and not found.citizens:
        faults = [*faults, Fault("empty")]
    passed_over = tuple(found.passed_over)
    return Draft(found.lines, faults, found.notes, grid.name, columns.fields, passed_over, found.citizens)


def _kind(kind: ListKind | str) -> ListKind:
    return KINDS[kind] if isinstance(kind, str) else kind


def _grids(
    data: bytes, limits: Limits, rows: int, each: int | None = None, only: str | None = None
) -> list[Grid] | Fault:
    try:
        return grids(data, limits, rows, each, only or None)
    except Unreadable as unreadable:
        return Fault(unreadable.code)


def _sizes(found: Sequence[Grid]) -> tuple[SheetSize, ...]:
    sizes = [SheetSize(grid.name, grid.rows, grid.columns) for grid in found]
    if sizes and not sizes[0].name:  # the ways to cut one CSV
        return (max(sizes, key=lambda size: size.columns),)
    return tuple(sizes)


def _chosen(
    found: Sequence[Grid], kind: ListKind, remembered: Mapping[str, str], sheet: str | None
) -> tuple[Grid, Top] | Fault:
    """The sheet to read and its heading rows, or why there is none."""
    named = [grid for grid in found if not sheet or grid.name in ("", sheet)]
    if sheet and not named:
        return Fault("no_sheet")
    if not any(cell.strip() for grid in named for row in grid.cells for cell in row):
        return Fault("empty")
    narrow = [grid for grid in named if grid.columns <= LIMITS.columns]
    if not narrow:
        return Fault("too_many_columns")
    tops = [(best(grid, worth(kind, remembered)), grid) for grid in narrow]
    ranked = [(top[0], -at, grid, top[1]) for at, (top, grid) in enumerate(tops) if top and top[0] > 0]
    if not ranked:
        return Fault("no_headings")
    _, _, grid, top = max(ranked, key=lambda one: one[:2])
    return grid, top


def _shown(
    grid: Grid, top: Top, kind: ListKind, remembered: Mapping[str, str], today: date
) -> tuple[ListHeading, ...]:
    below = [row for row in grid.cells[top.below : top.below + LOOKED_AT] if not counts_columns(row)]
    cells = {
        heading.label: [clean(row[heading.index])[:80] if heading.index < len(row) else "" for row in below]
        for heading in top.headings
    }
    return proposed(top.headings, cells, kind, remembered, today)


def _size_faults(grid: Grid, limits: Limits) -> list[Fault]:
    return [Fault("too_many_rows")] if grid.rows > limits.rows + HEADING_ROWS else []


def _wrong(top: Top, kind: ListKind) -> list[Fault]:
    other = other_kind(top.headings, kind)
    return [Fault("wrong_list", kind=other)] if other else []


def _mapping_faults(columns: Columns, top: Top, mapping: Mapping[str, str]) -> list[Fault]:
    """What is wrong with the columns that were chosen."""
    present = {heading.label for heading in top.headings}
    faults = [Fault("unknown_heading", label) for label in mapping if mapping[label] and label not in present]
    fields = list(columns.fields.values())
    twice = {name for name in fields if fields.count(name) > 1 and name not in SHARED}
    faults += [Fault("doubled_field", label) for label, name in columns.fields.items() if name in twice]
    if not {*NAMES, "document_number"} & set(fields):
        faults.append(Fault("no_name"))
    return faults
