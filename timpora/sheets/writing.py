"""Tables for people to fetch. Text stays text: no cell of ours is ever calculated by a spreadsheet.

A name like `=HYPERLINK(…)` in an export would run on the reader's machine (OWASP, "CSV injection"). In
XLSX a text cell is written as one; in CSV, which has no types, a leading = + - @ gets an apostrophe, which
`read` takes off again.
"""

from __future__ import annotations

import csv as csv_format
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter

from .columns import Column

Cell = str | int | float | datetime.date | None
_FOOTER = 250  # characters the format allows a page to end with, and a little room
_XLSX_TEXT = 32_767  # characters a cell of the format can hold
_CALCULATES = ("=", "+", "-", "@", "\t", "\r")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}


def xlsx(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], title: str = "Data", mark: str = ""
) -> bytes:
    """An XLSX of one sheet: the columns' headings, bold and frozen, and the rows by column name.

    Dates and numbers keep their type, anything else is text; a missing value is an empty cell. `mark` says
    in the document's properties and on each printed page who fetched it.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        sheet = _sheet(workbook, title, columns, rows)
        if mark:
            workbook.set_properties({"title": title, "comments": mark})
            sheet.set_footer("&L" + mark.replace("&", "&&")[:_FOOTER])
    return buffer.getvalue()


def csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]], delimiter: str = ";") -> bytes:
    """A CSV in UTF-8 with a byte-order mark, cut by semicolons as spreadsheets set to Indonesian expect."""
    buffer = io.StringIO(newline="")
    writer = csv_format.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(str(column.heading)) for column in columns])
    for row in rows:
        writer.writerow([harmless(_text(row.get(column.name))) for column in columns])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def template(
    columns: Sequence[Column],
    examples: Iterable[Mapping[str, Cell]] = (),
    notes: Sequence[str] = (),
    titles: tuple[str, str, str] = ("Data", "Contoh", "Petunjuk"),
) -> bytes:
    """An empty XLSX to fill in: a data sheet, filled examples on a second, notes on a third.

    The data sheet's cells are text, so that long numbers keep every digit, and a column's `choices` drop
    down. The examples stand apart so that nobody sends them back as people.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        sheet = _sheet(workbook, titles[0], columns, ())
        text = workbook.add_format({"num_format": 49})  # the built-in format "@": text
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width, text)
            if column.choices:
                choices = {"validate": "list", "source": [str(c) for c in column.choices]}
                sheet.data_validation(1, index, 5_000, index, choices)
        _sheet(workbook, titles[1], columns, examples)
        explained = [f"{c.heading}: {c.note}" for c in columns if c.note]
        page = workbook.add_worksheet(titles[2])
        page.set_column(0, 0, 100, workbook.add_format({"text_wrap": True}))
        for number, line in enumerate([*notes, *explained]):
            page.write_string(number, 0, str(line))
    return buffer.getvalue()


def harmless(text: str) -> str:
    """The text so that no spreadsheet calculates it when it opens a CSV."""
    return f"'{text}" if text.lstrip("'").startswith(_CALCULATES) else text


def _sheet(
    workbook: xlsxwriter.Workbook,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Cell]],
) -> xlsxwriter.worksheet.Worksheet:
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, str(column.heading), bold)
        if column.note:
            sheet.write_comment(0, index, str(column.note))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(columns):
            _write(sheet, number, index, row.get(column.name))
    return sheet


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        sheet.write_number(row, column, value)
    else:
        text = _text(value).encode("utf-8", "replace").decode()
        sheet.write_string(row, column, text if len(text) <= _XLSX_TEXT else text[: _XLSX_TEXT - 1] + "…")


def _text(value: Cell) -> str:
    return "" if value is None else str(value)
