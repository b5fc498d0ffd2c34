"""The rows under the headings as lines: values normalised, faults named, rows of nobody passed over."""

from __future__ import annotations

import re
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
from .values import DATED, LENGTHS, Habits, date_part, read_cell

NAMES = ("names", "given", "family")
SHARED = ("rt_rw", "address")  # fields that two columns may give together
NUMBERS = ("document_number", "permit_number", "nik_domicile", "itk_number", "itas_number", "itap_number")
# Read last, the weakest first: a number's column says the permit's kind where no column of its own does.
_LAST = ("itap_number", "itas_number", "itk_number")
_CLOSING = re.compile(
    r"^(jumlah|total|sub ?total|nip\b|mengetahui|kepala dinas|ttd|tanda tangan|sumber|catatan)"
)
_COMPANY = re.compile(r"(?:[A-Z\d]{1,3}[.)]\s+)?((?:PT|CV|UD|PD|Yayasan|Koperasi|Firma)\b.*)", re.IGNORECASE)
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
    unsolved = _unsolved(grid, columns)
    rows = [(at, row, _cells(row, columns)) for at, row in _filled(grid, top, unsolved)]
    down = {label: [raw[label] for _, _, raw in rows if label in raw] for label in columns.places}
    habits = {label: _habits(name, down[label]) for label, name in columns.fields.items()}
    found = Lines(notes=_column_notes(columns, down))
    titles = {heading.label: " ".join(heading.parts) for heading in top.headings}
    named = {at for at, _, raw in rows if _named(raw, columns)} | unsolved
    last = max(named, default=-1)
    employer = ""
    for at, row, raw in rows:
        if _is_no_person(row, raw, titles, at in named, after=at > last):
            employer = _company(row) or employer
            found.passed_over.append(at + 1)
        elif _is_citizen(raw, columns):
            found.citizens += 1
        else:
            line = _line(grid, at, raw, columns, habits, today)
            titled = employer and "employer" not in columns.fields.values()
            found.lines.append(_employed(line, employer) if titled else line)
    found.notes += [Note("citizens", count=found.citizens)] if found.citizens else []
    found.notes += [Note("passed_over", count=len(found.passed_over))] if found.passed_over else []
    found.lines = list(_compared(found.lines))
    return found


def _unsolved(grid: Grid, columns: Columns) -> set[int]:
    """The rows in which a name or document number is a formula without a result: somebody may stand there."""
    who = {index for index, name in columns.places.values() if name in (*NAMES, "document_number")}
    return {row for row, column in grid.unresolved if column in who}


def _filled(grid: Grid, top: Top, unsolved: set[int]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings that hold something, without those that only number the columns."""
    rows = filled_down(grid, top.below)
    for at in range(top.below, len(rows)):
        if at in unsolved or (any(cell.strip() for cell in rows[at]) and not counts_columns(rows[at])):
            yield at, rows[at]


def _cells(row: Sequence[str], columns: Columns) -> dict[str, str]:
    """Heading → text of a row's chosen columns, empty ones left out."""
    texts = {label: clean(row[i]) for label, (i, _) in columns.places.items() if i < len(row)}
    return {label: text for label, text in texts.items() if text}


def _named(raw: Mapping[str, str], columns: Columns) -> bool:
    """Whether the row has a name or a document's number."""
    fields = columns.places
    return any(fields[label][1] in NAMES or fields[label][1] == "document_number" for label in raw)


def _is_no_person(
    row: Sequence[str], raw: Mapping[str, str], titles: Mapping[str, str], named: bool, after: bool
) -> bool:
    """Whether a row is a total, a signature, a title within the table or the headings once more."""
    texts = [cell for cell in row if cell.strip()]
    thin = len(raw) < 3 or not named  # "Total Bangun Persada" may employ somebody
    if thin and texts and _CLOSING.match(folded(texts[0])):
        return True
    if raw and all(text == titles[label] for label, text in raw.items()):
        return True
    return not named and (len(texts) < 2 or not raw or (after and len(raw) < 3))


def _company(row: Sequence[str]) -> str:
    """The company of a title between the rows, as lists by employer have: "A. PT Contoh"."""
    texts = [text for cell in row if (text := clean(cell))]
    found = _COMPANY.match(texts[0]) if len(texts) == 1 else None
    return found[1].strip()[: LENGTHS["employer"]] if found else ""


def _employed(line: Line, employer: str) -> Line:
    return replace(
        line, values={**line.values, "employer": employer}, notes=(*line.notes, "employer_from_title")
    )


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


def _line(
    grid: Grid, at: int, raw: dict[str, str], columns: Columns, habits: Mapping[str, Habits], today: date
) -> Line:
    values: dict[str, str] = {}
    faults: list[LineFault] = []
    notes: list[str] = []
    for label in sorted(columns.places, key=lambda one: _turn(columns.places[one][1])):
        (index, name), text = columns.places[label], raw.get(label, "")
        code = _cell_fault(grid, (at, index), name, text)
        if text and not code:
            said = read_cell(name, text, habits[label], today)
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


def _compared(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with a note on those whose document or whole row stands in another, too."""
    numbers = Counter(line.values.get("document_number") for line in lines)
    seen: set[tuple[tuple[str, str], ...]] = set()
    for line in lines:
        notes = list(line.notes)
        content = tuple(sorted(line.raw.items()))
        if content in seen:
            notes.append("same_row")
        elif (number := line.values.get("document_number")) and numbers[number] > 1:
            notes.append("same_document")
        seen.add(content)
        yield line if tuple(notes) == line.notes else replace(line, notes=tuple(notes))
