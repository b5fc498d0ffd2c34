"""Unpacks one XLSX, XLS or ODS from stdin into JSON on stdout, in a process of its own.

A few bytes of a packed workbook can ask for gigabytes (a zip bomb, or one cell in the last corner of a
sheet), so the file is never opened in the web server: this script runs under hard limits of memory and
processor time, and dies alone. It imports nothing of ours, which also makes it start in 40 ms.

Usage: workbook.py MEMORY_BYTES SECONDS ROWS
Out: {"sheets": [{"cells": [[text, …], …], "rounded": [[row, column], …]}, …]} or {"error": code};
rows and columns count from 0; only visible sheets, at most ROWS rows in all.
"""

import datetime
import io
import json
import sys
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

EXACT_FLOAT = 1e15  # spreadsheets keep 15 digits; a longer number (a NIK has 16) lost its end when typed


def main(memory: int, seconds: int, rows: int) -> None:
    """Reads stdin, writes stdout, under the limits given."""
    _limit(memory, seconds)
    try:
        answer: dict[str, Any] = {"sheets": unpacked(sys.stdin.buffer.read(), rows)}
    except PasswordError:
        answer = {"error": "encrypted"}
    except (CalamineError, OSError, ValueError):
        answer = {"error": "not_a_sheet"}
    except MemoryError:
        answer = {"error": "too_large"}
    json.dump(answer, sys.stdout, ensure_ascii=True)


def unpacked(data: bytes, rows: int) -> list[dict[str, Any]]:
    """The visible sheets of the workbook as text, at most `rows` rows in all."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for meta in workbook.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet or meta.visible != SheetVisibleEnum.Visible or rows <= 0:
            continue
        cells = workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False, nrows=rows)
        rows -= len(cells)
        rounded = [[r, c] for r, row in enumerate(cells) for c, value in enumerate(row) if _is_rounded(value)]
        sheets.append({"cells": [[text(value) for value in row] for row in cells], "rounded": rounded})
    return sheets


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
    main(*(int(argument) for argument in sys.argv[1:4]))
