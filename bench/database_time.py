"""How long the database itself works for a call: its statements, replayed with every row fetched."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection


def database_time(call: Callable[[], Any], *, repeat: int = 15) -> tuple[int, float]:
    """(number of statements, milliseconds of all of them together: median of `repeat`), the cache warm."""
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()
        times.append((time.perf_counter() - begun) * 1000)
    return len(statements), statistics.median(times)


def wall_time(call: Callable[[], Any], *, repeat: int = 15) -> float:
    """Milliseconds of a call, Python included: median of `repeat`."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
