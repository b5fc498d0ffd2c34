"""Taking a list's rows in: at once, or by the worker part by part; stopped half-way it goes on there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError

from timpora.exchange import guests, identity
from timpora.exchange.meaning import statement
from timpora.exchange.models.match import Match
from timpora.exchange.models.run import Run
from timpora.exchange.models.upload import Upload
from timpora.ledger import book
from timpora.registry.models import Statement

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch
    from timpora.exchange.models.row import Row

AT_ONCE = 300  # rows taken in while the sender waits: a few seconds
PART = 50  # rows a transaction, so that nobody else waits long for the ledger or for SQLite's only writer
TRIES = 3  # two offices may register one person in the same moment; the second then finds the first one's


def take_all(batch: Batch) -> None:
    """Takes every row in, in the caller's transaction: all or nothing."""
    run = Run.objects.begin(batch)
    _take(batch, list(batch.rows.untaken()))
    _finish(batch, run)


def go_on(batch: Batch, told: Callable[[int], None] = lambda _rows: None) -> None:
    """Takes in the rows that are left, a part a transaction; nothing where another run is under way.

    `told` hears after each part how many rows more were taken in.
    """
    if batch.committed_at or batch.runs.alive().exists():
        return
    run = Run.objects.begin(batch)
    try:
        while _part(batch, run):
            run.show()
            told(PART)
    except Exception:
        run.end(finished=False)
        raise


def _part(batch: Batch, run: Run) -> bool:
    """Whether rows are left after this part."""
    for attempt in range(1, TRIES + 1):
        try:
            with book.writing():
                return _take_part(batch, run)
        except (IntegrityError, OperationalError):
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _take_part(batch: Batch, run: Run) -> bool:
    batch.lock()
    if batch.committed_at:
        return False
    rows = list(batch.rows.untaken()[: PART + 1])
    _take(batch, rows[:PART])
    book.record("batch.taken", by=batch.mandate, area=batch.area_id, subject=batch.cause)
    if len(rows) <= PART:
        _finish(batch, run)
    return len(rows) > PART


def _take(batch: Batch, rows: list[Row]) -> None:
    if not rows:
        return
    between = batch.upload.between(rows[0].number, rows[-1].number)
    lines = {line["number"]: line["values"] for line in between}
    sound = [row for row in rows if row.outcome != row.Outcome.FAULTY]
    if batch.is_of_guests:
        guests.take(batch, sound, lines)
        batch.rows.keep(rows)
        return
    earlier = _earlier(batch, {row.digest for row in rows if row.digest})
    for row in rows:
        row.batch = batch
    for row in sound:
        take_row(row, lines[row.number], earlier)
    batch.rows.keep(rows)
    Match.objects.begin(rows)


def take_row(row: Row, values: dict[str, str], earlier: dict[str, Statement]) -> None:
    """Takes one row in; what it became waits in it to be kept with the others of its part.

    `earlier` are the statements of rows that said the same, by digest; it grows.
    """
    known = earlier.get(row.digest)
    if known is not None:
        row.outcome, row.statement = row.Outcome.UNCHANGED, known
        return
    said = statement(
        values, agency_id=row.batch.agency_id, area_id=row.area_id, as_of=row.batch.as_of,
        source_id=row.cause,
    )  # fmt: skip
    met = identity.conclude(said, by=row.batch.mandate)
    settled = row.Outcome.SAME if met else row.Outcome.NEW
    row.outcome = settled if said.person_id else row.Outcome.DOUBTFUL
    row.statement = earlier[row.digest] = said


def _earlier(batch: Batch, digests: Iterable[str]) -> dict[str, Statement]:
    rows: Any = batch.rows.model.objects
    lists = type(batch).objects.like(batch).committed().values("pk")
    said = rows.filter(digest__in=list(digests), statement__isnull=False).select_related("statement")
    found = said.filter(batch__in=lists) | said.filter(batch=batch)
    return {row.digest: row.statement for row in found.order_by("pk")}


def _finish(batch: Batch, run: Run) -> None:
    """The list is in force from this moment; nothing of its file is kept."""
    Upload.objects.filter(batch=batch).delete()
    run.end(finished=True)
    batch.change(committed_at=book.moment())
    book.record("batch.committed", by=batch.mandate, area=batch.area_id, subject=batch.cause)
