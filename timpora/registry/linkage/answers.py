"""Pairs and what each comparison answers of them, as tables of DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from timpora.registry.linkage.columns import COLUMNS
from timpora.registry.linkage.comparisons import COMPARISONS, Comparison
from timpora.registry.linkage.expression import Names
from timpora.registry.linkage.frequencies import FREQUENT

_CARRIED = (*COLUMNS, *(f"{column}_frequency" for column in FREQUENT))


def side(table: str, suffix: str) -> str:
    """A table of records with `_l` or `_r` at each column, as SQL."""
    renamed = ", ".join(f"{column} as {column}_{suffix}" for column in ("row", *_CARRIED))
    return f"(select {renamed} from {table})"  # nosec B608


def answered(pairs: str, left: str, right: str, comparisons: Sequence[Comparison]) -> str:
    """The pairs with one column `<comparison>_level` for each comparison, as SQL; other columns stay."""
    sides = f"{side(left, 'l')} l on row_l = p.l join {side(right, 'r')} r on row_r = p.r"
    query, names = f"select p.*, l.*, r.* from {pairs} p join {sides}", dict[str, str]()  # nosec B608
    for layer in _layers(comparisons):
        fresh = {measure: f"measure_{len(names) + at}" for at, measure in enumerate(layer)}
        worked_out = ", ".join(f"{_named(measure, names)} as {name}" for measure, name in fresh.items())
        query, names = f"select *, {worked_out} from ({query})", names | fresh  # nosec B608
    levels = ", ".join(f"{each.answer_sql(names)} as {each.name}_level" for each in comparisons)
    carried = [f"{column}_{suffix}" for column in ("row", *COLUMNS) for suffix in "lr"]
    return f"select * exclude ({', '.join([*carried, *names.values()])}), {levels} from ({query})"  # nosec B608


def _layers(comparisons: Sequence[Comparison]) -> list[list[str]]:
    """The measures of all comparisons, each once: those that rest on none, then those that rest on others."""
    measures = dict.fromkeys(measure for each in comparisons for measure in each.measures)
    resting = [one for one in measures if any(one != other and other in one for other in measures)]
    return [layer for layer in ([one for one in measures if one not in resting], resting) if layer]


def _named(measure: str, names: Names) -> str:
    """The measure over the columns that hold what it rests on."""
    for known, name in names.items():
        measure = measure.replace(known, name)
    return measure


def used(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> tuple[Comparison, ...]:
    """The comparisons whose column every one of the tables knows for at least one record."""
    found = []
    for comparison in COMPARISONS:
        counts = [
            connection.execute(f"select count({comparison.column}) from {table}").fetchall()  # nosec B608
            for table in tables
        ]
        if all(count for ((count,),) in counts):
            found.append(comparison)
    return tuple(found)
