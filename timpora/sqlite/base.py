"""SQLite whose one writer is waited for in line: by a lock of the process, not by sleeping and trying again.

Django asks for a module of this name inside an engine's package; its stubs do not show the methods below.
"""

import threading

from django.conf import settings
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

_turn = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the process's turn before a transaction begins and gives it back when that one ends.

    Other processes (the worker) are still waited for by SQLite itself. Raises OperationalError ("database is
    locked") when the turn does not come within the time that SQLite would have waited.
    """

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _turn.acquire(timeout=settings.DATABASE_TIMEOUT):
            raise OperationalError("database is locked by another thread")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # A commit that failed leaves the transaction open; the rollback that follows gives the turn back.
        self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_back()

    def _give_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()
