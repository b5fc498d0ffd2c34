"""How common each value is, and what two records taken at random agree in."""

from __future__ import annotations

import duckdb
import pyarrow

from timpora.registry.linkage.comparisons import COMPARISONS
from timpora.registry.linkage.model import MIXED, Model

WITHIN = ("name", "sound")  # counted among people of one nationality: names come from one language
FREQUENT = tuple(dict.fromkeys(level.frequency for c in COMPARISONS for level in c.levels if level.frequency))


def add(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> None:
    """Gives each table of records its columns `name_frequency` … (0 to 1; NULL for no value)."""
    everybody = " union all ".join(f"select * from {table}" for table in dict.fromkeys(tables))  # nosec B608
    for column in FREQUENT:
        connection.execute(f"""
            create or replace temp table frequency_{column} as
            with one as (select {_nation(column)} as nation, {column} as value from ({everybody})
                         where {column} is not null),
                 nation as (select nation, count(*) as n from one group by nation),
                 value as (select value, count(*) / sum(count(*)) over () as share from one group by value)
            select nation, value,
                   (count(*) + {MIXED} * any_value(share)) / (any_value(nation.n) + {MIXED}) as share
            from one join nation using (nation) join value using (value) group by nation, value""")  # nosec B608
    shares = ", ".join(f"f_{column}.share as {column}_frequency" for column in FREQUENT)
    joins = " ".join(
        f"left join frequency_{column} f_{column} on f_{column}.value = t.{column} "
        f"and f_{column}.nation = {_nation(column)}"
        for column in FREQUENT
    )
    for table in dict.fromkeys(tables):
        connection.execute(f"create or replace table {table} as select t.*, {shares} from {table} t {joins}")  # nosec B608


def take(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...], model: Model) -> None:
    """The same columns from a model's shares, for lists too short to tell common values from rare ones."""
    known, joins = [], []
    for column in FREQUENT:
        shares = model.shares.get(column, {})
        given = pyarrow.table(
            {
                "key": pyarrow.array(shares, pyarrow.string()),
                "share": pyarrow.array(shares.values(), pyarrow.float64()),
            }
        )
        connection.register("shares", given)
        connection.execute(f"create or replace temp table share_{column} as from shares")
        connection.unregister("shares")
        rare = f"{model.rare[column]!r}::double" if column in model.rare else "null::double"
        share = f"coalesce(s_{column}.share, {rare})"
        known.append(f"case when t.{column} is not null then {share} end as {column}_frequency")
        key = f"{_nation(column)} || ' ' || t.{column}"
        joins.append(f"left join share_{column} s_{column} on s_{column}.key = {key}")
    for table in dict.fromkeys(tables):
        connection.execute(f"""
            create or replace table {table} as
            select t.*, {", ".join(known)} from {table} t {" ".join(joins)}""")  # nosec B608


def _nation(column: str) -> str:
    """The nationality within which a column's values are counted, as SQL."""
    return "coalesce(nationality, '')" if column in WITHIN else "''"


def shares(
    connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...], least: float
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """What `Model.shares` and `Model.rare` hold after `add`: the values of at least `least`."""
    found: dict[str, dict[str, float]] = {}
    rare: dict[str, float] = {}
    for column in FREQUENT:
        nation = _nation(column)
        parts = " union all ".join(
            f"select {nation} || ' ' || {column} as key, {column}_frequency as share from {table}"  # nosec B608
            for table in dict.fromkeys(tables)
        )
        rows = connection.execute(
            f"select key, any_value(share) from ({parts}) where key is not null group by key order by key"  # nosec B608
        ).fetchall()
        if rows:
            found[column] = {key: float(f"{share:.3g}") for key, share in rows if share >= least}
            rare[column] = float(f"{min(share for _key, share in rows):.3g}")
    return found, rare


def equal(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> dict[str, float]:
    """For each column the probability that two records of one list agree in it, of those that know it.

    Two records of one list are two persons (or nearly always), so this holds no matches. Names are compared
    within one nationality.
    """
    found = {}
    for column in FREQUENT:
        nation = _nation(column)
        parts = " union all ".join(
            f"select {number} as list, {nation} as nation, {column} as value, count(*) as n from {table} "
            f"where {column} is not null group by 1, 2, 3"  # nosec B608
            for number, table in enumerate(dict.fromkeys(tables))
        )
        ((agreeing, pairs),) = connection.execute(f"""
            with counted as ({parts}),
                 nation as (select sum(n) as n from counted group by list, nation)
            select (select sum(n * (n - 1)) from counted), (select sum(n * (n - 1)) from nation)
            """).fetchall()  # nosec B608
        if agreeing and pairs:
            found[column] = float(agreeing) / float(pairs)
    return found
