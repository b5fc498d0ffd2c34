"""What a list became, row by row: as a paper, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from timpora.exchange import words
from timpora.exchange.models import Batch, Row
from timpora.exchange.models.row import outcomes
from timpora.exchange.showing import kept
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.papers.models import Paper
from timpora.sheets import Cell, Column
from timpora.team.models import Mandate


def issue(batch: Batch, *, by: Mandate, door: str) -> Paper:
    """The list's one receipt, issued at the first asking. `door` is the address of the check page."""
    with book.writing():
        batch.lock()
        if not batch.committed_at:
            raise Conflict(_("This list has not been taken in yet."), code="not_committed")
        if batch.paper is not None:
            return batch.paper
        if not batch.is_handled_by(by):
            raise Refusal(_("The agency that sent this list prints its receipt first."), code="not_allowed")
        with translation.override("id"):  # papers are in the language of the office
            data = content(batch)
        issued = Paper.objects.issue("receipt", data, by=by, area=batch.area, door=door)
        batch.change(paper=issued)
    return issued


def content(batch: Batch) -> dict[str, Any]:
    """What the receipt says."""
    tally = batch.tally
    return {
        "agency": batch.agency.name,
        "list": words.kind(batch.kind),
        "area": batch.area.full_name,
        "sender": str(batch.post),
        "file": batch.file_name,
        "digest": batch.sha256,
        "as_of": batch.as_of.isoformat(),
        "rows": sum(tally.values()),
        "became": [[str(o.label), tally[o.value]] for o in outcomes(batch)],
        "faults": [
            [row.number, sentence(row)] for row in batch.rows.filter(outcome="faulty").order_by("number")
        ],
    }


def sentence(row: Row) -> str:
    """What is to be put right in a row."""
    return "; ".join(": ".join(filter(None, (each["column"], each["remedy"]))) for each in kept(row))


def columns() -> list[Column]:
    """The columns of the row file."""
    return [
        Column("row", _("Row"), width=8),
        Column("became", _("Became"), width=18),
        Column("area", _("Area"), width=36),
        Column("remedy", _("To put right"), width=60),
    ]


def rows(batch: Batch) -> Iterator[dict[str, Cell]]:
    """Every row by its number in the file; no name: whoever sent the file has them beside the number."""
    for row in batch.rows.order_by("number").select_related("area__parent__parent"):
        yield {
            "row": row.number, "became": str(row.Outcome(row.outcome).label),
            "area": "" if row.outcome == row.Outcome.FAULTY else row.area.path, "remedy": sentence(row),
        }  # fmt: skip
