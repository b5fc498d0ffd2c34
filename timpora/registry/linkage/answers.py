"""Pairs and what each comparison answers of them, as tables of DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from timpora.registry.linkage.columns import COLUMNS
from timpora.registry.linkage.comparisons import COMPARISONS, Comparison
from timpora.registry.linkage.frequencies import FREQUENT

_CARRIED = (*COLUMNS, *(f"{column}_frequency" for column in FREQUENT))


def side(table: str, suffix: str) -> str:
    """A table of records with `_l` or `_r` at each column, as SQL."""
    renamed = ", ".join(f"{column} as {column}_{suffix}" for column in ("row", *_CARRIED))
    return f"(select {renamed} from {table})"  # nosec B608


def answered(pairs: str, left: str, right: str, comparisons: Sequence[Comparison]) -> str:
    """The pairs with one column `<comparison>_level` for each comparison, as SQL; other columns stay."""
    levels = ", ".join(f"{each.answer_sql()} as {each.name}_level" for each in comparisons)
    frequencies = ", ".join(f"{c}_frequency_l, {c}_frequency_r" for c in FREQUENT)
    return (
        f"select p.*, {levels}, {frequencies} from {pairs} p "
        f"join {side(left, 'l')} on row_l = p.l join {side(right, 'r')} on row_r = p.r"  # nosec B608
    )


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
