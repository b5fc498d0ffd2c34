"""SQLite whose one writer is waited for in line: by a turn, not by sleeping ever longer and trying again.

Django asks for a module of this name inside an engine's package; its stubs do not show the methods below.
"""

from django.conf import settings
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from timpora.sqlite.turn import turn_at


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the turn before a transaction begins and gives it back when that one ends.

    Other programs (sqlite3, a backup) are still waited for by SQLite itself. Raises OperationalError
    ("database is locked") when the turn does not come within the time that SQLite would have waited.
    """

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        try:
            self._has_turn = turn_at(str(self.settings_dict["NAME"])).take(settings.DATABASE_TIMEOUT)
        except OSError as fault:
            raise OperationalError(f"unable to open database file: {fault.strerror}") from fault
        if not self._has_turn:
            raise OperationalError("database is locked by another transaction")
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
            turn_at(str(self.settings_dict["NAME"])).give_back()
