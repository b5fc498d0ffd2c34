"""What the worker does for the line: works messages off, sends what is queued, forgets what is over."""

from __future__ import annotations

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from timpora import vault
from timpora.inbound.line import answering
from timpora.rooms.line import sending
from timpora.rooms.models import Incoming, Outgoing

CONTEXT = "line"


@task()
def work_off() -> None:
    """Works off what waits; twice does no harm."""
    answering.work_off()


def resume() -> None:
    """Goes on where a worker was killed, or where a message is to be tried again."""
    if DBTaskResult.objects.ready().filter(task_path=work_off.module_path).exists():
        return
    if Incoming.objects.waiting().exists():
        answering.work_off()


def send() -> int:
    """How many messages went out now."""
    return sending.send(lambda sealed: vault.current().open_(sealed, CONTEXT))


def tidy() -> None:
    """Forgets messages that came and went long ago."""
    Incoming.objects.tidy()
    Outgoing.objects.tidy()
