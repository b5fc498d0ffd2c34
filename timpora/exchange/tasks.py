"""What the worker does for lists: takes long ones in, goes on with interrupted ones, forgets files."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from timpora.exchange import taking
from timpora.exchange.models import Batch
from timpora.ledger import book

KEPT = timedelta(days=1)  # how long a file waits for its sender's word


@task()
def take(batch: int) -> None:
    """Takes in what is left of a list."""
    taking.go_on(Batch.objects.get(pk=batch))


def resume() -> None:
    """Puts lists on the worker's table that stopped half-way, or never began; twice does no harm."""
    if DBTaskResult.objects.ready().filter(task_path=take.module_path).exists():
        return
    for batch in Batch.objects.unfinished().order_by("asked_at"):
        if not batch.runs.alive().exists():
            take.enqueue(batch.pk)


@task()
def put_away(batch: int) -> None:
    """Discards a list of which nobody said for a day whether it is to be taken in, or forgets what one said
    whose time is over. Twice does no harm.
    """
    found = Batch.objects.get(pk=batch)  # since it was put on the table, somebody may have taken it in
    if found.state in (Batch.State.RECEIVED, Batch.State.READ):
        found.discard(by=book.SYSTEM)
    elif found.state == Batch.State.DISCARDED:
        found.rows.drop()
    elif found in Batch.objects.over(timezone.localdate()):
        found.forget(by=book.SYSTEM)


def tidy() -> None:
    """Puts lists on the worker's table that are to be put away: a long one takes a while."""
    waiting = Batch.objects.open().filter(received_at__lt=timezone.now() - KEPT)
    for batch in (*waiting, *Batch.objects.left_over(), *Batch.objects.over(timezone.localdate())):
        put_away.enqueue(batch.pk)
