"""A file's bytes as grids of text: one for each visible sheet of a workbook, or for each way to cut a CSV."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from .faults import Limits

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = ("<", "{", "%PDF")  # a web page named .xls, JSON, a PDF: text, but no table
_DELIMITERS = ";,\t|"
_KEPT_AS_TEXT = re.compile(r'="(.*)"|\'(?=\'*[=+\-@\t\r])(.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text cells, from the sheet's first row on; `name` is the sheet's, "" for a CSV.

    `rows` is how many the sheet has, of which `cells` may be fewer. `rounded` are the (row, column) of lost
    digits, `unresolved` those of formulas without a result, `merged` (first row, first column, last row,
    last column) of cells made one, of which only the first holds the text. All count from 0. `first` is the
    sheet's row that `cells` begin with, where they are a block of it. A CSV is cut at `sign`, which it may
    have `said` in a first line.
    """

    cells: list[list[str]]
    rounded: frozenset[tuple[int, int]] = field(default=frozenset())
    name: str = ""
    rows: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unresolved: frozenset[tuple[int, int]] = field(default=frozenset())
    first: int = 0
    sign: str = ""
    said: bool = False

    @property
    def columns(self) -> int:
        """How many columns hold a text."""
        return max((len(row) for row in self.cells), default=0)


class Unreadable(Exception):
    """The file gives no grid; `code` is a key of faults.MESSAGES."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def grids(
    data: bytes, limits: Limits, rows: int, each: int | None = None, only: str | None = None
) -> list[Grid]:
    """The grids of the file, at most `rows` rows in all and `each` of one. Raises Unreadable.

    `only` names the one sheet of a workbook that is wanted; none of that name gives an empty list.
    The kind is told by the first bytes, not by the name: many a "report.xls" is a CSV.
    """
    if len(data) > limits.size:
        raise Unreadable("too_large")
    if is_workbook(data):
        return _workbook(data, limits, rows, each, only)
    text = decoded(data)
    if text.lstrip().startswith(_NO_TABLES):
        raise Unreadable("not_a_sheet")
    return _separated(text, rows if each is None else min(rows, each))


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a packed workbook, whatever its name says."""
    return start.startswith((_ZIP, _OLE))


def _workbook(data: bytes, limits: Limits, rows: int, each: int | None, only: str | None) -> list[Grid]:
    """The sheets, unpacked by workbook.py in a process that may die of its limits."""
    script = Path(__file__).with_name("workbook.py")
    numbers = [str(number) for number in (limits.memory, limits.seconds, rows, each or rows)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(script), *numbers, *([] if only is None else [only])],
            input=data,
            capture_output=True,
            timeout=limits.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_large") from None
    if done.returncode:  # below 0: the system ended it at a limit; above: the file made the reader stumble
        raise Unreadable("too_large" if done.returncode < 0 else "not_a_sheet")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise Unreadable(answer["error"])
    return [_grid(sheet) for sheet in answer["sheets"]]


def _grid(sheet: dict[str, Any]) -> Grid:
    return Grid(
        sheet["cells"],
        frozenset((r, c) for r, c in sheet["rounded"]),
        sheet["name"],
        sheet["rows"],
        tuple((a, b, c, d) for a, b, c, d in sheet["merged"]),
        frozenset((r, c) for r, c in sheet["unresolved"]),
    )


def decoded(data: bytes) -> str:
    """The text of a CSV: by its byte-order mark, else UTF-8, else Windows-1252. Raises Unreadable."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise Unreadable("not_a_sheet")
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_a_sheet")


def encoding_of(path: Path) -> str:
    """The encoding of a CSV that is too long to be held, told as `decoded` tells it. Raises Unreadable."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            _check(path, encoding)
            return encoding
    _check(path, "latin-1")
    return "latin-1"


def _check(path: Path, encoding: str) -> None:
    """Raises UnicodeDecodeError for another encoding, and Unreadable for what is no text at all."""
    with path.open(encoding=encoding) as text:
        while piece := text.read(2**20):
            if "\0" in piece:
                raise Unreadable("not_a_sheet")


def _separated(text: str, rows: int) -> list[Grid]:
    """The text cut at each sign it may be cut at, or only at what "sep=" says; headings tell which is right.

    The semicolon stands first: for a file of one column every other sign would cut its texts apart.
    """
    said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    signs = said[1] if said else _DELIMITERS[0] + "".join(c for c in _DELIMITERS[1:] if c in text)
    cut: list[Grid] = []
    for sign in signs:
        lines = io.StringIO(text[said.end() :] if said else text, newline="")
        with contextlib.suppress(csv.Error):
            records = csv.reader(lines, delimiter=sign)
            cells = [[plain(cell) for cell in record] for record in islice(records, rows)]
            rest = sum(1 for _ in records)
            cut.append(Grid(cells, rows=len(cells) + rest, sign=sign, said=bool(said)))
    if not cut:
        raise Unreadable("not_a_sheet")
    return cut


def plain(cell: str) -> str:
    """A cell without the guards that keep spreadsheets from calculating: ="0812" and '+62 812."""
    guarded = _KEPT_AS_TEXT.fullmatch(cell)
    return cell if guarded is None else guarded[1] if guarded[1] is not None else guarded[2]
