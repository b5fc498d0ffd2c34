"""What the pages of one list show: the dry run before it is taken in, the receipt afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from timpora.exchange import visibility, words
from timpora.exchange.lists.faults import Note
from timpora.exchange.models import Batch, Row
from timpora.exchange.models.row import RowQuerySet, outcomes
from timpora.registry import nations
from timpora.team.models import Mandate

PER_PAGE = 50
SHEET = 2**20  # the rows at which every office program stops
Outcome = Row.Outcome
LOOKS = {Outcome.DOUBTFUL: "waiting", Outcome.UNCHANGED: "nihil", Outcome.FAULTY: "late"}
BADGES = {
    Outcome.NEW: "calm", Outcome.SAME: "sure", Outcome.DOUBTFUL: "waiting", Outcome.UNCHANGED: "nihil",
    Outcome.FAULTY: "ask", Outcome.GUEST: "calm", Outcome.LEFT: "calm",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row on a page."""

    row: Row
    name: str
    country: str
    wrong: tuple[Mapping[str, str], ...] = ()

    @property
    def badge(self) -> str:
        return BADGES[Outcome(self.row.outcome)]


class _Listed:
    """The rows of a list, those of one outcome where the page asks for it."""

    def __init__(self, batch: Batch, asked: Mapping[str, Any]) -> None:
        self.batch = batch
        outcome = asked.get("outcome", "")
        self.outcome = outcome if outcome in Outcome.values else ""
        self._page = asked.get("page")

    @cached_property
    def _tally(self) -> Counter[str]:
        return self.batch.tally

    @property
    def total(self) -> int:
        return sum(self._tally.values())

    @property
    def fits_a_sheet(self) -> bool:
        """Whether all rows and their headings find room in one sheet of a workbook."""
        return self.total < SHEET

    @cached_property
    def figures(self) -> list[tuple[str, str, int, str]]:
        """(outcome, words, number, look) of every outcome."""
        told = outcomes(self.batch)
        return [(o.value, str(o.label), self._tally[o.value], LOOKS.get(o, "")) for o in told]

    @cached_property
    def page(self) -> Page[Row]:
        rows = self._rows().order_by("number")
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        return Paginator(rows, PER_PAGE).get_page(self._page)

    def _rows(self) -> RowQuerySet:
        rows: RowQuerySet = self.batch.rows.all()
        return rows


class DryRun(_Listed):
    """What each row would become; values stand in the sealed upload alone."""

    @cached_property
    def _read(self) -> dict[int, dict[str, Any]]:
        rows = list(self.page)
        between = self.batch.upload.between(rows[0].number, rows[-1].number) if rows else []
        return {line["number"]: line for line in between}

    @cached_property
    def todo(self) -> int:
        return self.total - self.batch.tally["faulty"]

    @cached_property
    def faulty(self) -> int:
        return self.batch.tally["faulty"]

    @cached_property
    def notes(self) -> list[Note]:
        """What is to be said of the file as a whole."""
        return [Note(**note) for note in self.batch.upload.notes]

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.page]

    def _line(self, row: Row) -> Line:
        read = self._read.get(row.number, {"values": {}, "faults": []})
        values = read["values"]
        return Line(row, values.get("names", ""), _country(values), tuple(map(told, read["faults"])))

    @cached_property
    def dropped(self) -> list[tuple[str, int]]:
        """The fields that are left out because the record does not name them, with their rows."""
        return [(words.field(name), number) for name, number in sorted(self.batch.upload.dropped.items())]

    def faults(self) -> Iterator[dict[str, Any]]:
        """Every fault: row, column, value, remedy."""
        for line in self.batch.upload.read:
            for fault in line["faults"]:
                yield {"row": line["number"], **told(fault)}


class Taken(_Listed):
    """What each row became, its values as far as the reader may see them."""

    def __init__(self, batch: Batch, mandate: Mandate, asked: Mapping[str, Any]) -> None:
        super().__init__(batch, asked)
        self._mandate = mandate

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.page]

    def _rows(self) -> RowQuerySet:
        return super()._rows().select_related("statement", "stay__statement", "area__parent__parent")

    def _line(self, row: Row) -> Line:
        own = self.batch.agency_id == self._mandate.post.agency_id
        said = row.stay.values if row.stay else row.values
        names = {k: v for k, v in said.items() if k in ("names", "nationality")}
        values = visibility.shown(names, role=self._mandate.role, own=own)
        return Line(row, values.get("names", ""), _country(values), tuple(kept(row)))

    @cached_property
    def stops(self) -> list[tuple[int, Any]]:
        """(row, moment) at which taking it in went on after it had stopped."""
        runs = list(self.batch.runs.order_by("pk"))
        return [(run.first_row, run.began_at) for run in runs[1:]]

    @cached_property
    def undecided(self) -> int:
        rows: RowQuerySet = self.batch.rows.all()
        return rows.undecided().count()


def kept(row: Row) -> list[dict[str, str]]:
    """The faults of a row as they are kept: the column, and what is to be done; no value."""
    return [
        {"column": words.field(field), "value": "", "code": code, "remedy": words.remedy(code)}
        for field, code in row.faults
    ]


def told(fault: Mapping[str, str]) -> dict[str, str]:
    """A fault of the dry run: column, value, remedy."""
    column = fault["heading"] or (words.field(fault["field"]) if fault["field"] else "")
    code = fault["code"]
    return {"column": column, "value": fault["value"], "code": code, "remedy": words.remedy(code)}


def _country(values: Mapping[str, str]) -> str:
    code = values.get("nationality", "")
    return nations.name(code, get_language() or "id") if code else ""
