"""Whose turn it is to write: one thread of one process at a time, waiting in line."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

LOOK_AGAIN = 0.0005  # seconds between two looks at another process's turn; a transaction takes a few ms


class Turn:
    """A lock over the threads of this process and, with a `file`, over all processes that name the same one.

    The system gives a file's lock back when its process ends, however it ends.
    """

    def __init__(self, file: Path | None) -> None:
        self._threads = threading.Lock()
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) if file else None

    def take(self, within: float) -> bool:
        """Whether the turn came within so many seconds."""
        until = time.monotonic() + within
        if not self._threads.acquire(timeout=within):
            return False
        alone = False
        try:
            alone = self._waited_for(until)
        finally:
            if not alone:  # too late, or a fault of the disk: the other threads must not wait for ever
                self._threads.release()
        return alone

    def give_back(self) -> None:
        """Lets the next one write."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _waited_for(self, until: float) -> bool:
        while not self._alone():
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_AGAIN)
        return True

    def _alone(self) -> bool:
        if self._file is None:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


# One a process: a child that shared its parent's would hold the lock together with it.
_turns: dict[str, Turn] = {}
os.register_at_fork(after_in_child=_turns.clear)


def turn_at(database: str) -> Turn:
    """The turn of one database file, the same for every thread; of a database in memory, that of this process
    alone.
    """
    if found := _turns.get(database):
        return found
    beside = Path(f"{database}-turn")
    made = Turn(beside if beside.parent.is_dir() and Path(database).is_absolute() else None)
    # Of threads that ask first at the same moment one's counts for all.
    return _turns.setdefault(database, made)
