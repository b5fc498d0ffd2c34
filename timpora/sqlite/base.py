"""SQLite whose one writer is waited for in line: by a turn, not by sleeping ever longer and trying again.

Django asks for a module of this name inside an engine's package; its stubs do not show the methods below.
"""

from django.conf import settings
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from timpora.sqlite.turn import Turn, turn_at


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the turn before a transaction begins and gives it back when that one ends.

    Other programs (sqlite3, a backup) are still waited for by SQLite itself. Raises OperationalError
    ("database is locked") when the turn does not come within the time that SQLite would have waited.
    """

    _turn: Turn | None = None  # while it is ours

    def _start_transaction_under_autocommit(self) -> None:
        try:
            turn = turn_at(str(self.settings_dict["NAME"]))
            if not turn.take(settings.DATABASE_TIMEOUT):
                raise OperationalError("database is locked by another transaction")
        except OSError as fault:
            raise OperationalError(f"unable to open database file: {fault.strerror}") from fault
        self._turn = turn
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
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give_back()
