"""The two databases of a test process: empty tables, and the same tables with the cast seated in them.

The cast is seated once a process, not once a test. Which database a test meets follows from what it asks for:
with the fixture `world` the cast's, without it the empty one. Either is as before when the test has ended,
because each test runs in a transaction that is rolled back.
"""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.db import connections, transaction

from tests import cast

ALIAS, SUFFIX = "default", "cast"
BEFORE_NOON = datetime(2026, 11, 25, 4, 59, tzinfo=UTC)

_made: dict[bool, Any] = {}
_with_cast = False


def choose(*, with_cast: bool) -> None:
    """From now on queries go to this database (as soon as it is made)."""
    global _with_cast
    _with_cast = with_cast
    if _made:
        connections[ALIAS] = _made[with_cast]


def add_cast() -> None:
    """Copies the empty database that was just made, and seats the cast in the copy."""
    empty = connections[ALIAS]
    _made.update({False: empty, True: _copy(empty)})
    connections[ALIAS] = seated = _made[True]
    with time_machine.travel(BEFORE_NOON), transaction.atomic():
        # Each test gets objects of its own: it may change them.
        seated.cast = pickle.dumps(cast.seated())
    choose(with_cast=_with_cast)


def drop_cast() -> None:
    """Only the first database is left, for whoever made it to drop."""
    _made[True].close()
    connections[ALIAS] = empty = _made[False]
    _made.clear()
    empty.creation.destroy_test_db(suffix=SUFFIX, verbosity=0)


def _copy(database: Any) -> Any:
    """A connection to a copy of a database, made without migrating again."""
    if database.vendor == "sqlite":
        copy = type(database)(
            {**database.settings_dict, "NAME": f"file:{SUFFIX}?mode=memory&cache=shared"}, ALIAS
        )
        copy.connect()
        database.connection.backup(copy.connection)
        return copy
    database.creation.clone_test_db(SUFFIX, verbosity=0)
    return type(database)(database.creation.get_test_db_clone_settings(SUFFIX), ALIAS)
