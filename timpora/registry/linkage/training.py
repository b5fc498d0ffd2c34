"""Weights from the lists themselves, without any known truth: Splink's expectation maximisation.

How often two different persons agree is counted on pairs of one list (of one nationality, for names); how
often the same person agrees is what Splink estimates on pairs that share a document or a birth date.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import splink.comparison_level_library as levels
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison
from splink.internals.exceptions import SplinkException

from timpora.registry.linkage import frequencies
from timpora.registry.linkage.answers import answered, used
from timpora.registry.linkage.comparisons import ABSENT, OTHERWISE, Comparison
from timpora.registry.linkage.model import Chance, Model

SAMPLED = 400_000  # pairs on which chance agreement is counted
STUDIED = 200_000  # pairs of one expectation maximisation
ENOUGH = 150  # pairs that share a document, or a birth date and a name, to learn from
RAREST_SAME, RAREST_OTHER = 2e-4, 1e-7  # below what so many pairs can tell
UNBOUNDED = 'column "inf"'  # how Splink's next statement fails when its estimate has grown without bound
WITHIN = ("name",)  # compared with people of the same nationality, as candidates nearly always are


def train(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> Model:
    """The model of two tables of records (or of one with itself, given twice)."""
    tables = tuple(dict.fromkeys((left, right)))
    comparisons = used(connection, tables)
    equal = frequencies.equal(connection, tables)
    other = _chance_agreement(connection, tables, comparisons)
    same = _same_person(connection, tables, comparisons, other)
    chances = {
        comparison.name: {
            code: Chance(
                max(RAREST_SAME, same[comparison.name].get(code, 0)),
                max(RAREST_OTHER, other[comparison.name].get(code, 0)),
            )
            for code in (*(level.code for level in comparison.levels), OTHERWISE)
        }
        for comparison in comparisons
    }
    rows = [_number(connection, f"select count(*) from {table}") for table in tables]  # nosec B608
    report = {"rows": rows, "splink": "5.0", "sampled": SAMPLED}
    return Model(_first_guess(rows), chances, equal, report=report)


def teaches(connection: duckdb.DuckDBPyConnection, left: str, right: str) -> bool:
    """Whether enough pairs of the lists share a document, or a birth date and a name, to learn from."""
    tables = tuple(dict.fromkeys((left, right)))
    names = {comparison.name for comparison in used(connection, tables)}
    if "document" in names and _number(connection, _sharing(tables, "document")) >= ENOUGH:
        return True
    return {"name", "birth"} <= names and _number(connection, _sharing(tables, "birth, name")) >= ENOUGH


def _first_guess(rows: Sequence[int]) -> float:
    """That half of the shorter list stands in the other, or that one in ten stands twice."""
    if len(rows) == 2:
        return 0.5 * min(rows) / max(1, rows[0] * rows[1])
    return 0.2 / max(2, rows[0])


def _chance_agreement(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[str], comparisons: Sequence[Comparison]
) -> dict[str, dict[str, float]]:
    """Comparison → level → its share of pairs within one list."""
    found: dict[str, dict[str, float]] = {}
    for within in (True, False):
        asked = [c for c in comparisons if (c.name in WITHIN) == within]
        nation = "coalesce(nationality, '')" if within else "''"
        parts = []
        for table in tables:  # stored first: answers over a join that is still running are ten times slower
            pairs = _shifted(table, nation, SAMPLED // len(tables))
            connection.execute(f"create or replace temp table shifted_{table} as {pairs}")
            parts.append(answered(f"shifted_{table}", table, table, asked))
        connection.execute(f"create or replace temp table chance as {' union all '.join(parts)}")
        for comparison in asked:
            found[comparison.name] = _shares(connection, "chance", comparison)
    return found


def _shifted(table: str, nation: str, number: int) -> str:
    """About so many pairs of different records of a table and one nation, as SQL: always the same ones."""
    return f"""
        with shuffled as (
            select row, {nation} as nation, count(*) over (partition by {nation}) as n,
                   row_number() over (partition by {nation} order by hash(row + 1)) - 1 as place
            from {table} where name is not null),
        steps as (select greatest(1, {number} // (select count(*) from {table})) as number),
        shift as (select unnest(range(1, 1 + number)) as step from steps),
        -- one key for both columns: joined by nation alone, every list would be crossed with itself
        sought as (
            select row as l, hash(nation, (place + step) % n) as key from shuffled join shift on n > step)
        select l, row as r
        from sought join (select row, hash(nation, place) as key from shuffled) using (key)"""  # nosec B608


def _shares(connection: duckdb.DuckDBPyConnection, table: str, comparison: Comparison) -> dict[str, float]:
    counted: dict[str, int] = dict(
        connection.execute(
            f"select {comparison.name}_level, count(*) from {table} "
            f"where {comparison.name}_level <> '{ABSENT}' group by 1"  # nosec B608
        ).fetchall()
    )
    total = sum(counted.values()) or 1
    return {code: number / total for code, number in counted.items()}


def _same_person(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    comparisons: Sequence[Comparison],
    other: Mapping[str, Mapping[str, float]],
) -> dict[str, dict[str, float]]:
    """Comparison → level → its share of pairs of one person, each from the sessions that can tell."""
    names = [comparison.name for comparison in comparisons]
    shared = _number(connection, _sharing(tables, "document")) if "document" in names else 0
    sessions: list[tuple[str, ...]] = [("document",)] if shared >= ENOUGH else []
    if not sessions or "document" in names:
        sessions += [("birth", "nationality", "sex")] if sessions else [("birth",), ("name",)]
    found: dict[str, dict[str, float]] = {}
    for columns in sessions:
        known = [column for column in columns if column in names]
        for name, shares in _session(connection, tables, comparisons, other, known).items():
            found.setdefault(name, shares)  # the first session that can tell is the one that is surest
    return {name: found.get(name, {}) for name in names}


def _sharing(tables: Sequence[str], columns: str) -> str:
    left, right = tables[0], tables[-1]
    distinct = "where l.row < r.row" if left == right else ""
    return f"select count(*) from {left} l join {right} r using ({columns}) {distinct}"  # nosec B608


def _session(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    comparisons: Sequence[Comparison],
    other: Mapping[str, Mapping[str, float]],
    shared: Sequence[str],
) -> dict[str, dict[str, float]]:
    """What Splink learns from pairs that share the columns, of the comparisons that use none of them."""
    interface = DuckDBAPI(connection=connection)
    given = [interface.register(table) for table in tables]
    settings = SettingsCreator(
        link_type="link_only" if len(tables) == 2 else "dedupe_only",
        comparisons=[_for_splink(comparison, other[comparison.name]) for comparison in comparisons],
        unique_id_column_name="row",
    )
    linker = Linker(given if len(given) == 2 else given[0], settings)
    logging.getLogger("splink").setLevel(logging.ERROR)  # it reports every round, and what it was not asked
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*shared), max_pairs=STUDIED, estimate_without_term_frequencies=True
        )
    except SplinkException as fault:
        if UNBOUNDED not in str(fault):
            raise fault.__cause__ or fault from None  # what DuckDB says, such as that memory is short
        return _all_of_one_person(connection, tables, comparisons, shared)
    learned: dict[str, dict[str, float]] = {}
    for trained in linker._settings_obj.comparisons:  # Splink has no public way to read them one by one
        shares = {
            level.label_for_charts: level.m_probability
            for level in trained.comparison_levels
            if not level.is_null_level and level._trained_m_probabilities
            and isinstance(level.m_probability, float)
        }  # fmt: skip
        if shares:
            learned[trained.output_column_name] = shares
    return learned


def _all_of_one_person(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    comparisons: Sequence[Comparison],
    shared: Sequence[str],
) -> dict[str, dict[str, float]]:
    """The same where no pair that shares the columns contradicts itself: Splink's estimate then grows without
    bound, and every such pair is of one person.
    """
    left, right = tables[0], tables[-1]
    distinct = "where l.row < r.row" if left == right else ""
    pairs = (
        f"(select l.row as l, r.row as r from {left} l join {right} r using ({', '.join(shared)}) {distinct})"  # nosec B608
    )
    asked = [comparison for comparison in comparisons if comparison.name not in shared]
    connection.execute(f"create or replace temp table sharing as {answered(pairs, left, right, asked)}")
    return {comparison.name: _shares(connection, "sharing", comparison) for comparison in asked}


def _for_splink(comparison: Comparison, other: Mapping[str, float]) -> Any:
    """The comparison as Splink takes it, its chance agreement given."""
    made: list[Any] = [
        levels.CustomLevel(comparison.absent.sql(), label_for_charts=ABSENT).configure(is_null_level=True)
    ]
    for level in comparison.levels:
        made.append(
            levels.CustomLevel(level.test.sql(), label_for_charts=level.code).configure(
                u_probability=max(RAREST_OTHER, other.get(level.code, 0))
            )
        )
    rest = max(RAREST_OTHER, other.get(OTHERWISE, 0))
    made.append(levels.ElseLevel().configure(u_probability=rest, label_for_charts=OTHERWISE))
    return CustomComparison(output_column_name=comparison.name, comparison_levels=made)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()  # all of it: DuckDB waits for the end of a result
    return int(number or 0)
