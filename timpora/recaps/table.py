"""The rows of a place as a table: in an order, and as a sheet to fetch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from timpora import sheets
from timpora.recaps.showing import Numbers, Row, Shown

Rows = list[dict[str, sheets.Cell]]

FORMATS: dict[str, Callable[[Sequence[sheets.Column], Rows], tuple[bytes, str]]] = {
    "csv": lambda columns, rows: (sheets.csv(columns, rows), "text/csv; charset=utf-8"),
    "xlsx": lambda columns, rows: (
        sheets.xlsx(columns, rows, title=_("Counts")),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}

# A hidden figure is sorted as if it were none: an order must not tell what a dot hides.
ORDERS: dict[str, Callable[[Row], tuple[int, str] | str]] = {
    "name": lambda row: str(row.name).casefold(),
    "people": lambda row: (row.people or 0, str(row.name)),
    "waiting": lambda row: (row.waiting or 0, str(row.name)),
    "known_by_list": lambda row: (row.known_by_list or 0, str(row.name)),
    "visitors": lambda row: (row.visitors or 0, str(row.name)),
}


def ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows by "name" or by a figure, falling with "-" before; those without a code last."""
    order = ORDERS.get(sort.removeprefix("-"))
    named = [row for row in rows if row.code is not None]
    if order is not None:
        named.sort(key=order, reverse=sort.startswith("-"))
    return named + [row for row in rows if row.code is None]


def sheet(shown: Shown) -> tuple[list[sheets.Column], Rows]:
    """The columns and rows of a place's table, the whole place last."""
    columns = [
        sheets.Column("code", _("Code")),
        sheets.Column("name", _("Name")),
        sheets.Column("people", _("People")),
        sheets.Column("waiting", _("Waiting")),
        sheets.Column("known_by_list", _("Known by list")),
        sheets.Column("visitors", _("Visitors")),
    ]
    rows = [_cells(row.code, row.name, row) for row in shown.rows]
    rows.append(_cells(shown.place.code, shown.place.name, shown))
    return columns, rows


def _cells(code: str | None, name: str, figures: Row | Shown) -> dict[str, sheets.Cell]:
    hidden = _("hidden")
    numbers = {each: getattr(figures, each) for each in Numbers._fields}
    shown = {each: hidden if number is None else number for each, number in numbers.items()}
    return {"code": code or "", "name": str(name), **shown}
