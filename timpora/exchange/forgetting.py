"""Lists whose time is over: what a record allowed to keep for so many months is forgotten after them.

A row keeps its number, its area and what it became; what it said goes: its statement, with all that the
registry concluded from it alone. What somebody else says of the same person, or a later list again, stays.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from timpora.exchange.models.match import Match
from timpora.ledger import book
from timpora.registry.models import Person, Statement

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch
    from timpora.exchange.models.row import Row

PART = 50  # rows a transaction, as when they are taken in


def kept_until(batch: Batch) -> date | None:
    """The last day on which its rows are kept; None before it is taken in."""
    if batch.committed_at is None:
        return None
    day = timezone.localdate(batch.committed_at)
    months = day.year * 12 + day.month - 1 + batch.sharing.keep_months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def forget(batch: Batch, by: book.Actor) -> None:
    """Forgets what the rows said, a part a transaction; stopped half-way the next night goes on."""
    said = Q(statement__isnull=False) | Q(stay__isnull=False) | ~Q(digest="")
    while rows := list(batch.rows.filter(said)[:PART]):
        with book.writing():
            _forget(rows)
    with book.writing():
        batch.lock()
        batch.change(forgotten_at=book.moment())
        book.record("batch.forgotten", by=by, area=batch.area_id, subject=batch.cause)


def _forget(rows: list[Row]) -> None:
    model = type(rows[0])
    Match.objects.finish(rows)
    said = {row.statement_id for row in rows if row.statement_id is not None}
    model.objects.filter(pk__in=[row.pk for row in rows]).update(
        statement=None, stay=None, digest="", issued_on=None
    )
    still = set(model.objects.filter(statement__in=said).values_list("statement", flat=True))
    gone = Statement.objects.filter(pk__in=said - still)
    persons = sorted(set(gone.filter(person__isnull=False).values_list("person", flat=True)))
    gone.delete()
    for person in Person.objects.filter(pk__in=persons).order_by("pk"):
        known = person.statements.exists() or person.residences.exists()
        if known or person.same_as_id or person.also.exists():
            person.settle()
        else:
            person.delete()  # nobody speaks of them any more
