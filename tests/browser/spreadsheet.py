"""Filling in an XLSX as somebody would who types into it: the product's own file, with rows added."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def headings(template: bytes) -> list[str]:
    """The first row of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(template)) as book:
        strings = ElementTree.fromstring(book.read(STRINGS)).findall("x:si", SPACE)
        first = ElementTree.fromstring(book.read(SHEET)).find("x:sheetData/x:row", SPACE)
    assert first is not None
    texts = ["".join(part.text or "" for part in string.iter(f"{{{SPACE['x']}}}t")) for string in strings]
    return [texts[int(cell.findtext("x:v", "0", SPACE))] for cell in first.findall("x:c", SPACE)]


def filled(template: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The template with a row for each mapping of heading to text."""
    columns = headings(template)
    lines = "".join(_row(number, columns, row) for number, row in enumerate(rows, start=2))
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as book,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in book.namelist():
            content = book.read(name)
            if name == SHEET:
                content = re.sub(rb"</sheetData>", (lines + "</sheetData>").encode(), content)
            copy.writestr(name, content)
    return written.getvalue()


def _row(number: int, columns: list[str], row: Mapping[str, str]) -> str:
    assert set(row) <= set(columns), set(row) - set(columns)
    cells = "".join(
        f'<c r="{chr(ord("A") + place)}{number}" t="inlineStr"><is><t>{escape(row[heading])}</t></is></c>'
        for place, heading in enumerate(columns)
        if row.get(heading)
    )
    return f'<row r="{number}">{cells}</row>'
