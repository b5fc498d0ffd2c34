"""The rows under the headings as lines: values normalised, faults named, rows of nobody passed over."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from timpora.sheets.columns import folded
from timpora.sheets.grids import Grid
from timpora.sheets.headings import Top, filled_down
from timpora.sheets.reading import clean, counts_columns

from .dates import order_of, perhaps_swapped
from .faults import FATAL, LIMITS, LineFault, Note
from .nobody import company, is_no_person
from .values import DATED, Habits, date_part, read_cell

NAMES = ("names", "given", "family")
SHARED = ("rt_rw", "address")  # fields that two columns may give together
NUMBERS = ("document_number", "permit_number", "nik_domicile", "itk_number", "itas_number", "itap_number")
# Read last, the weakest first: a number's column says the permit's kind where no column of its own does.
_LAST = ("itap_number", "itas_number", "itk_number")
_CITIZEN = frozenset(["1", "3", "wni", "ganda", "dwi kewarganegaraan", "dua kewarganegaraan"])
_ALIVE_HERE = frozenset(["", "1", "hidup", "aktif", "tetap"])


@dataclass(frozen=True, slots=True)
class Line:
    """One person's row: `number` as the spreadsheet shows it, `values` field → normalised text, `raw` heading
    → text as it stands, of the chosen columns only; `notes` are keys of faults.NOTES."""

    number: int
    values: dict[str, str]
    raw: dict[str, str]
    faults: tuple[LineFault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the row names somebody who may be registered, whatever cells of it must be put right."""
        return not any(fault.code in FATAL for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Columns:
    """The chosen columns: heading → (its index, its field)."""

    places: Mapping[str, tuple[int, str]]

    @property
    def fields(self) -> dict[str, str]:
        """Heading → field."""
        return {label: name for label, (_, name) in self.places.items()}


@dataclass
class Lines:
    """What the rows gave."""

    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    passed_over: list[int] = field(default_factory=list)
    citizens: int = 0


def lines_of(grid: Grid, top: Top, columns: Columns, today: date) -> Lines:
    """Every row under the headings as a line, or passed over because it names nobody."""
    under = Under(top, columns, today)
    under.look(grid)
    lines = list(under.lines(grid))
    return Lines(lines, under.notes(), under.passed_over, under.citizens)


class Under:
    """The rows under the headings, in blocks where they are many: `look` at every block, since a column shows
    only as a whole what it does; then the `lines` of every block in the same order, then the `notes`.
    """

    def __init__(self, top: Top, columns: Columns, today: date) -> None:
        self.top, self.columns, self.today = top, columns, today
        self.passed_over: list[int] = []
        self.citizens = 0
        self._down: dict[str, list[str]] = {
            label: [] for label, name in columns.fields.items() if name in DATED or name == "sex"
        }
        self._habits: dict[str, Habits] = {}
        self._titles = {heading.label: " ".join(heading.parts) for heading in top.headings}
        self._last = -1
        self._numbers: Counter[int] = Counter()  # by hash: of half a million only this is kept
        self._seen: set[int] = set()
        self._employer = ""

    def look(self, grid: Grid) -> None:
        """Takes note of what each column does, of documents named twice, and of the last row of a person."""
        for at, _row, raw, named in self._rows(grid):
            for label in raw.keys() & self._down.keys():
                self._down[label].append(sys.intern(raw[label]))
            if named:
                self._last = at
            if not _is_citizen(raw, self.columns):
                self._numbers.update(map(hash, self._documents(raw)))

    def lines(self, grid: Grid) -> Iterator[Line]:
        """The lines of a block. Every block was looked at before."""
        if not self._habits:
            fields = self.columns.fields
            self._habits = {label: _habits(name, self._down.get(label, [])) for label, name in fields.items()}
        for at, row, raw, named in self._rows(grid):
            if is_no_person(row, raw, self._titles, named, after=at > self._last):
                self._employer = company(row) or self._employer
                self.passed_over.append(at + 1)
            elif _is_citizen(raw, self.columns):
                self.citizens += 1
            else:
                yield self._compared(self._employed(_line(grid, at, raw, self)))

    def notes(self) -> list[Note]:
        """What is to be said of the whole."""
        notes = _column_notes(self.columns, self._down)
        notes += [Note("citizens", count=self.citizens)] if self.citizens else []
        return notes + ([Note("passed_over", count=len(self.passed_over))] if self.passed_over else [])

    def habits(self, label: str) -> Habits:
        """What the column of a heading does all the way down."""
        return self._habits[label]

    def _rows(self, grid: Grid) -> Iterator[tuple[int, list[str], dict[str, str], bool]]:
        """Each row of a block that holds something: its index in the sheet, its cells, the chosen ones by
        heading, and whether it names somebody.
        """
        unsolved = _unsolved(grid, self.columns)
        for at, row in _filled(grid, self.top, unsolved):
            raw = _cells(row, self.columns)
            yield at, row, raw, at in unsolved or _named(raw, self.columns)

    def _documents(self, raw: Mapping[str, str]) -> Iterator[str]:
        for label, text in raw.items():
            if self.columns.places[label][1] == "document_number":
                said = read_cell("document_number", text, Habits(), self.today)
                yield from filter(None, [said.values.get("document_number")])

    def _employed(self, line: Line) -> Line:
        if not self._employer or "employer" in self.columns.fields.values():
            return line
        values = {**line.values, "employer": self._employer}
        return replace(line, values=values, notes=(*line.notes, "employer_from_title"))

    def _compared(self, line: Line) -> Line:
        """The line, with a note where its document or whole row stands in another, too."""
        content, number = hash(tuple(sorted(line.raw.items()))), line.values.get("document_number")
        note = ""
        if content in self._seen:
            note = "same_row"
        elif number and self._numbers[hash(number)] > 1:
            note = "same_document"
        self._seen.add(content)
        return replace(line, notes=(*line.notes, note)) if note else line


def _unsolved(grid: Grid, columns: Columns) -> set[int]:
    """The rows in which a name or document number is a formula without a result: somebody may stand there."""
    who = {index for index, name in columns.places.values() if name in (*NAMES, "document_number")}
    return {row for row, column in grid.unresolved if column in who}


def _filled(grid: Grid, top: Top, unsolved: set[int]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings that hold something, without those that only number the columns."""
    for at, row in enumerate(filled_down(grid, top.below), grid.first):
        if at < top.below:
            continue
        if at in unsolved or (any(cell.strip() for cell in row) and not counts_columns(row)):
            yield at, row


def _cells(row: Sequence[str], columns: Columns) -> dict[str, str]:
    """Heading → text of a row's chosen columns, empty ones left out."""
    texts = {label: clean(row[i]) for label, (i, _) in columns.places.items() if i < len(row)}
    return {label: text for label, text in texts.items() if text}


def _named(raw: Mapping[str, str], columns: Columns) -> bool:
    """Whether the row has a name or a document's number."""
    fields = columns.places
    return any(fields[label][1] in NAMES or fields[label][1] == "document_number" for label in raw)


def _is_citizen(raw: Mapping[str, str], columns: Columns) -> bool:
    return any(
        columns.places[label][1] == "citizenship" and text.strip().casefold() in _CITIZEN
        for label, text in raw.items()
    )


def _habits(name: str, texts: Sequence[str]) -> Habits:
    """What one column does all the way down."""
    if name in DATED:
        return Habits(order_of(map(date_part, texts))[0])
    words = {text.casefold() for text in texts} if name == "sex" else set()
    return Habits(p_is_male=bool(words & {"w", "wanita"}) and not words & {"l", "lk"})


def _column_notes(columns: Columns, down: Mapping[str, Sequence[str]]) -> list[Note]:
    """What the columns of dates leave open."""
    notes: list[Note] = []
    for label, name in columns.fields.items():
        dates = [date_part(text) for text in down[label]] if name in DATED else []
        notes += [Note(code, label, len(dates))] if (code := order_of(dates)[1]) else []
        notes += [Note("date_perhaps_swapped", label, len(dates))] if perhaps_swapped(dates) else []
    return notes


def _line(grid: Grid, at: int, raw: dict[str, str], under: Under) -> Line:
    columns = under.columns
    values: dict[str, str] = {}
    faults: list[LineFault] = []
    notes: list[str] = []
    for label in sorted(columns.places, key=lambda one: _turn(columns.places[one][1])):
        (index, name), text = columns.places[label], raw.get(label, "")
        code = _cell_fault(grid, (at, index), name, text)
        if text and not code:
            said = read_cell(name, text, under.habits(label), under.today)
            code, notes = said.code, [*notes, *said.notes]
            _add(values, said.values, label)
        if code:
            faults.append(LineFault(at + 1, label, name, text[:200], code))
    _complete(values, notes)
    faults += _row_faults(at + 1, values, raw, columns, [fault.code for fault in faults])
    return Line(at + 1, values, raw, tuple(faults), tuple(dict.fromkeys(notes)))


def _turn(name: str) -> int:
    return 1 + _LAST.index(name) if name in _LAST else 0


def _cell_fault(grid: Grid, place: tuple[int, int], name: str, text: str) -> str:
    """The code of what is wrong with a cell whatever it means: no result, lost digits, too much text."""
    if place in grid.unresolved:
        return "no_result"
    if place in grid.rounded and name in NUMBERS:
        return "rounded_number"
    return "too_long" if len(text) > LIMITS.cell else ""


def _add(values: dict[str, str], said: Mapping[str, str], label: str) -> None:
    """Adds what a cell says; an earlier column's word stands, and parts of an address stand together."""
    for name, value in said.items():
        if name in SHARED:
            here = f"{label.upper()[:2]} {value}" if folded(label) in ("rt", "rw") else value
            values[name] = ", ".join(dict.fromkeys(filter(None, (values.get(name), here))))
        else:
            values.setdefault(name, value)


def _complete(values: dict[str, str], notes: list[str]) -> None:
    """Makes the printed name of its parts, and a note of what says that somebody has left."""
    printed = " ".join(filter(None, (values.get("given"), values.get("family"))))
    if printed and not values.get("names"):
        values["names"] = printed
    for unkept in ("citizenship", "birth_place"):
        values.pop(unkept, None)
    status = values.pop("life_status", "").casefold()
    if status not in _ALIVE_HERE or values.get("epo_number") or values.get("left_on"):
        notes.append("left")


def _row_faults(
    row: int, values: Mapping[str, str], raw: Mapping[str, str], columns: Columns, told: Sequence[str]
) -> list[LineFault]:
    """What is wrong with the whole row."""
    if not _named(raw, columns) and "no_result" not in told:
        return [LineFault(row, "", "", "", "no_person")]
    given = {columns.places[label][1] for label in raw}
    if given <= set(NAMES) and not told:
        label = next(iter(raw))
        return [LineFault(row, label, "names", raw[label][:200], "too_little")]
    return []
