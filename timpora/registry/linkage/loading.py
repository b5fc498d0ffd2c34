"""Records into a table of DuckDB, one column for each that is compared."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context

import duckdb
import pyarrow

from timpora.registry.linkage.columns import COLUMNS, LISTS, Record, columns

PART = 10_000  # records made into columns at a time
LONG = 5  # parts from which a list is worth other processes
_BETWEEN = "\x1f"  # members of a list; names.fold leaves it in no word
_TYPED = ", ".join(f"{name} {'text[]' if name in LISTS else 'text'}" for name in COLUMNS)
_READ = ", ".join(f"string_split({name}, '{_BETWEEN}')" if name in LISTS else name for name in COLUMNS)


def load(connection: duckdb.DuckDBPyConnection, name: str, records: Iterable[Record]) -> None:
    """Makes a table of the records' columns, a row each from 0; `records` are read once, part by part."""
    connection.execute(f"create table {name} (row integer, {_TYPED})")
    first = 0
    for columns_of_part in _tables(records):
        connection.register("given", columns_of_part)
        connection.execute(f"insert into {name} select {first} + row, {_READ} from given")  # nosec B608
        connection.unregister("given")
        first += len(columns_of_part)


def _tables(records: Iterable[Record]) -> Iterator[pyarrow.Table]:
    """The columns of each part, in order; of long lists by a process for every processor."""
    parts = _parts(records)
    first = list(islice(parts, LONG))
    if len(first) < LONG:
        yield from map(_table, first)
        return
    processes = os.cpu_count() or 1
    context = get_context("forkserver")  # a fork would copy threads of DuckDB half-way through
    context.set_forkserver_preload(["__main__", __name__])
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting: deque[Future[pyarrow.Table]] = deque()
        for part in chain(first, parts):
            waiting.append(pool.submit(_table, part))
            if len(waiting) > processes:
                yield waiting.popleft().result()
        for made in waiting:
            yield made.result()


def _parts(records: Iterable[Record]) -> Iterator[list[Record]]:
    left = iter(records)
    while part := list(islice(left, PART)):
        yield part


def _table(records: Iterable[Record]) -> pyarrow.Table:
    """The columns as text: DuckDB splits lists many times faster than Arrow takes them in."""
    made = [columns(record).values() for record in records]
    texts = {
        name: pyarrow.array(map(_joined, values) if name in LISTS else values, pyarrow.string())
        for name, values in zip(COLUMNS, zip(*made, strict=True), strict=True)
    }
    rows = pyarrow.array(range(len(made)), pyarrow.int32())
    return pyarrow.table({"row": rows, **texts})


def _joined(words: Sequence[str] | None) -> str | None:
    return None if words is None else _BETWEEN.join(words)
