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


def tidy() -> None:
    """Discards lists of which nobody said for a day whether they are to be taken in, and forgets what lists
    said whose time is over.
    """
    for batch in Batch.objects.open().filter(received_at__lt=timezone.now() - KEPT):
        batch.discard(by=book.SYSTEM)
    for batch in Batch.objects.over(timezone.localdate()):
        batch.forget(by=book.SYSTEM)
