"""The background worker: queued tasks one after the other, and a few jobs that come round by the clock."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.db.utils import Error as DatabaseFault
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

# Touched every few seconds; `timpora doctor` looks at its age.
SEEN = settings.DATA / "worker-seen"
DAY = 86_400.0


class Job(NamedTuple):
    """A function without arguments, called every `seconds`; it must bear being called twice."""

    name: str
    seconds: float
    function: str


# rules.md asks that a reaction follows its entry within 2 s; figures are folded in the same rhythm.
JOBS = (
    Job("reactions", 1.0, "timpora.desk.reactions.run"),
    Job("tallies", 2.0, "timpora.registry.models.tally.fold"),
    Job("notices by e-mail", 60.0, "timpora.rooms.digest.send"),
    Job("lists", 5.0, "timpora.exchange.tasks.resume"),
    Job("notices by WhatsApp", 60.0, "timpora.rooms.line.notices.tell"),
    Job("messages to answer", 5.0, "timpora.inbound.line.tasks.resume"),
    Job("messages to send", 2.0, "timpora.inbound.line.tasks.send"),
    Job("messages to forget", 3600.0, "timpora.inbound.line.tasks.tidy"),
    Job("the line's number", 3600.0, "timpora.rooms.line.number.look"),
    Job("reminders", 3600.0, "timpora.desk.reminders.run"),
    Job("rooms", 3600.0, "timpora.rooms.models.room.follow_all"),
    Job("what rooms forget", DAY, "timpora.rooms.forgetting.run"),
    Job("tidying", DAY, "timpora.worker.tidy"),
)


def main(words: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; a task under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock = threading.Thread(target=keep_time, args=(stop, functions()), name="clock")
    clock.start()
    while not stop.is_set():
        worked = attempt("tasks", work_off)
        stop.wait(0.5 if worked else 5.0)
    clock.join(timeout=10)
    return 0


def functions() -> dict[Job, Callable[[], object]]:
    """Each job's function. Raises ImportError for a name that is wrong: a job must not be skipped unseen."""
    return {job: import_string(job.function) for job in JOBS}


def keep_time(stop: threading.Event, jobs: dict[Job, Callable[[], object]]) -> None:
    """Call each job when its time has come; one that fails waits longer each time, up to a minute more."""
    due = dict.fromkeys(jobs, time.monotonic())
    failures = dict.fromkeys(jobs, 0)
    while not stop.is_set():
        SEEN.touch()
        for job, function in jobs.items():
            if stop.is_set() or time.monotonic() < due[job]:
                continue
            failures[job] = 0 if attempt(job.name, function) else failures[job] + 1
            pause = min(60.0, 2.0 ** failures[job]) if failures[job] else 0.0
            due[job] = time.monotonic() + job.seconds + pause
        stop.wait(0.25)


def attempt(name: str, function: Callable[[], object]) -> bool:
    """True when the function ran; its fault is logged by type, and the worker lives on."""
    try:
        function()
    except Exception as fault:
        # A database that is away for a moment needs no traceback for every second of it.
        log.error("%s failed: %s", name, type(fault).__name__, exc_info=not isinstance(fault, DatabaseFault))
        return False
    finally:
        close_old_connections()
    return True


def work_off() -> None:
    """Run the tasks that are ready. Asking first spares SQLite's only write lock."""
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=20,
            worker_id=f"worker-{threading.get_ident()}",
        ).run()


def tidy() -> None:
    """Forget ended sessions, tasks done long ago, lists nobody took in, old requests' words, old photos."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    import_string("timpora.exchange.tasks.tidy")()
    import_string("timpora.rights.forgetting.tidy")()
    import_string("timpora.reports.models.photo.erase_old")()
