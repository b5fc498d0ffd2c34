"""Unpacks one XLSX, XLS or ODS from stdin into JSON on stdout, in a process of its own.

A few bytes of a packed workbook can ask for gigabytes (a zip bomb, or one cell in the last corner of a
sheet), so the file is never opened in the web server: this script runs under hard limits of memory and
processor time, and dies alone. It imports nothing of ours, which also makes it start in 40 ms.

Usage: workbook.py MEMORY_BYTES SECONDS ROWS EACH [SHEET]
   or: workbook.py MEMORY_BYTES SECONDS blocks ROWS SHEET
Out: {"sheets": [{"name", "rows", "cells": [[text, …], …], "rounded": [[row, column], …], "unresolved": the
same, "merged": [[first row, first column, last row, last column], …]}, …]} or {"error": code}; rows and
columns count from 0, "rows" is how many the sheet has. Only visible sheets (or the one named SHEET), at
most ROWS rows in all and EACH of one. As blocks: the rows of one sheet, a line of JSON for each block of
ROWS, {"first", "cells", "rounded"}, the first with "unresolved" and "merged" of the whole sheet, the last
{}: without it the rows are not all.
"""

import datetime
import html
import io
import json
import re
import sys
import zipfile
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

EXACT_FLOAT = 1e15  # spreadsheets keep 15 digits; a longer number (a NIK has 16) lost its end when typed
WIDEST = 1_024  # columns sent on; whoever reads them refuses far fewer
MOST_SHEETS = 100
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 65_536  # bytes of a part in which a DOCTYPE is looked for
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"(?:^|[\s:])(name|id|Id|Target|r|t)\s*=\s*\"([^\"]*)\"")
_CELL = re.compile(  # a cell of a formula, and no value after it
    rb"(<(?:\w+:)?c\s[^>]*>)\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FILEPASS = re.compile(rb"\x09\x08\x10\x00.{16}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_ERROR = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt=\"e\"[^>]*>")


class Forbidden(Exception):
    """The file asks a reader to fetch or to repeat something: no office program writes that."""


def main(memory: int, seconds: int, rows: int, each: int, only: str | None = None) -> None:
    """Reads stdin, writes stdout, under the limits given."""
    _limit(memory, seconds)
    try:
        answer: dict[str, Any] = {"sheets": unpacked(sys.stdin.buffer.read(), rows, each, only)}
    except PasswordError:
        answer = {"error": "encrypted"}
    except (CalamineError, Forbidden, OSError, ValueError, zipfile.BadZipFile):
        answer = {"error": "not_a_sheet"}
    except MemoryError:
        answer = {"error": "too_large"}
    json.dump(answer, sys.stdout, ensure_ascii=True)


def blocks(memory: int, seconds: int, rows: int, only: str) -> None:
    """Reads stdin, writes the rows of one sheet to stdout, a block a line."""
    _limit(memory, seconds)
    data = sys.stdin.buffer.read()
    refuse_entities(data)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(only)
    whole: dict[str, Any] = {
        "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or []],
        "unresolved": unresolved(data, only),
    }
    first, texts, rounded = 0, [], []
    left: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)  # columns that nothing stands in
    for at, values in enumerate(sheet.iter_rows()):
        row = [*left, *values][:WIDEST]
        texts.append([text(value) for value in row])
        rounded += [[at, c] for c, value in enumerate(row) if _is_rounded(value)]
        if len(texts) == rows:
            _write({"first": first, "cells": texts, "rounded": rounded, **whole})
            first, texts, rounded, whole = at + 1, [], [], {}
    _write({"first": first, "cells": texts, "rounded": rounded, **whole})
    _write({})


def _write(block: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(block, ensure_ascii=True) + "\n")


def unpacked(
    data: bytes, rows: int, each: int | None = None, only: str | None = None
) -> list[dict[str, Any]]:
    """The visible sheets of the workbook as text, at most `rows` rows in all and `each` of one.

    `only` is the name of the one sheet that is wanted.
    """
    if is_locked(data):
        raise PasswordError
    refuse_entities(data)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[dict[str, Any]] = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet or meta.visible != SheetVisibleEnum.Visible:
            continue
        if rows <= 0 or len(sheets) == MOST_SHEETS or only not in (None, meta.name):
            continue
        sheets.append(_sheet(workbook, meta.name, min(rows, each or rows), data))
        rows -= len(sheets[-1]["cells"])
    return sheets


def _sheet(workbook: CalamineWorkbook, name: str, rows: int, data: bytes) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    end, merged = sheet.end, sheet.merged_cell_ranges or []
    cells = sheet.to_python(skip_empty_area=False, nrows=rows)
    rounded = [[r, c] for r, row in enumerate(cells) for c, value in enumerate(row) if _is_rounded(value)]
    texts = [[text(value) for value in row] for row in cells]
    width = min(WIDEST, max((_filled(row) for row in texts), default=0))
    return {
        "name": name,
        "rows": end[0] + 1 if end else 0,
        "cells": [row[:width] for row in texts],
        "rounded": rounded,
        "merged": [[*first, *last] for first, last in merged if first[0] < len(cells)],
        "unresolved": [at for at in unresolved(data, name) if at[0] < len(cells)],
    }


def _filled(row: list[str]) -> int:
    """How many cells the row has up to its last with a text."""
    return next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0)


def is_locked(data: bytes) -> bool:
    """Whether a password locks the file; the reader of the cells only says that it knows no such format.

    An XLSX lies as a stream "EncryptedPackage" in a compound file then, an XLS has a FILEPASS record after
    its first ([MS-XLS] 2.4.117), and the manifest of an ODS has encryption data.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "EncryptedPackage".encode("utf-16-le") in data or bool(_FILEPASS.search(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return False


def refuse_entities(data: bytes) -> None:
    """Raises Forbidden when a part of a packed workbook declares a document type (XXE, billion laughs)."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(part) as stream:
                    if _DOCTYPE.search(stream.read(_HEAD).replace(b"\0", b"")):
                        raise Forbidden


def unresolved(data: bytes, sheet: str) -> list[list[int]]:
    """The (row, column) of an XLSX sheet's formulas that have no result in the file, or an error.

    Programs that write workbooks without calculating leave formulas so; a reader would see an empty cell.
    """
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read(_part(archive, sheet))
    except (KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return []  # an ODS keeps its results; what else is wrong the reader of the cells has said
    found = [m[0] for m in _ERROR.finditer(xml)]
    if b"<f" in xml or b":f" in xml:
        found += [m[1] for m in _CELL.finditer(xml) if dict(_ATTRIBUTE.findall(m[1])).get(b"t") != b"str"]
    return sorted(_place(dict(_ATTRIBUTE.findall(cell)).get(b"r", b"A1").decode("ascii")) for cell in found)


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The path inside the archive of the sheet's XML. Raises KeyError."""
    relations = [
        dict(_ATTRIBUTE.findall(m)) for m in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    ]
    targets = {relation[b"Id"]: relation[b"Target"].decode() for relation in relations}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        said = dict(_ATTRIBUTE.findall(tag))
        if html.unescape(said[b"name"].decode()) == sheet:
            target = targets[said[b"id"]]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _place(reference: str) -> list[int]:
    """Row and column, from 0, of a reference like "AB12"."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return [int(reference[len(letters) :] or 1) - 1, column - 1]


def text(value: Any) -> str:
    """A typed cell as text: dates in ISO 8601, whole numbers without a point, truth as TRUE or FALSE."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _is_rounded(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) >= EXACT_FLOAT


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # POSIX only; elsewhere the parent's clock is the only limit
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    if sys.argv[3] == "blocks":
        blocks(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[4]), sys.argv[5])
    else:
        limits = [int(argument) for argument in sys.argv[1:5]]
        main(limits[0], limits[1], limits[2], limits[3], *sys.argv[5:6])
