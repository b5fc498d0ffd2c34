"""Which pairs of a million records are compared at all: those that share a key, the rarest values first.

A key that half a country shares finds nothing, so of each key only the values are used that give the fewest
pairs, until the key's budget of pairs is spent. What that leaves out, another key finds.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

KNOWN = 0.95  # of the records, from which a column is taken to be always known


@dataclass(frozen=True, slots=True)
class Key:
    """Columns (or SQL over them) that both records share; of the list `each` one member is enough.

    With `without` it serves lists in which that column is often empty, and no others.
    """

    columns: tuple[str, ...]
    each: str = ""
    without: str = ""

    def serves(self, connection: duckdb.DuckDBPyConnection, *tables: str) -> bool:
        """Whether the key is worth its pairs in these tables."""
        if not self.without:
            return True
        known = " union all ".join(f"select {self.without} as value from {table}" for table in tables)  # nosec B608
        counted = f"select count(value) / greatest(1, count(*)) from ({known})"  # nosec B608
        ((share,),) = connection.execute(counted).fetchall()
        return bool(share < KNOWN)

    def rows(self, table: str) -> str:
        """`row` and `key` of every record of a table that has the key, as SQL."""
        columns = [column for column in self.columns if column != self.each]
        known = " and ".join(f"{column} is not null" for column in self.columns)
        values = ", ".join([*columns, *(["unnest(" + self.each + ")"] if self.each else [])])
        return f"select row, hash({values}) as key from {table} where {known}"  # nosec B608


KEYS = (
    Key(("document_alike",)),
    Key(("birth", "nationality")),
    Key(("birth", "left(name_sorted_run, 2)")),
    Key(("area", "nationality", "sex", "birth_year")),
    Key(("birth_year", "nationality", "sex", "left(sound, 2)")),
    Key(("birth_day", "nationality", "sex")),
    Key(("sound_letters", "nationality")),
    Key(("letters", "nationality")),
    Key(("birth",), without="nationality"),
    Key(("name",)),
    Key(("letters",), without="nationality"),
    Key(("nationality", "sound_pairs"), each="sound_pairs"),
    Key(("area", "nationality", "sex")),
    Key(("birth_year", "nationality", "sex")),
    Key(("suburb", "birth_day")),
    Key(("suburb", "birth_year")),
    Key(("suburb", "state")),
    Key(("sound_pairs",), each="sound_pairs", without="nationality"),
    Key(("left(name, 4)", "birth_year")),
    Key(("right(name, 4)", "birth_year")),
    Key(("left(given, 3)", "birth_year")),
    Key(("left(family, 3)", "birth_year")),
    Key(("left(name, 4)", "state")),
    Key(("right(name, 4)", "state")),
    Key(("words",), each="words", without="nationality"),
    Key(("birth_day",), without="nationality"),
)


def block(connection: duckdb.DuckDBPyConnection, left: str, right: str, budget: int) -> None:
    """Makes the table `pair` (l, r: rows of the two tables) of all pairs that share a key.

    `budget` is the most pairs in all, of which one key may use a quarter. With `left` equal to `right` each
    pair of one table stands once.
    """
    connection.execute("create or replace temp table pair (l integer, r integer)")
    for key in KEYS:
        ((spent,),) = connection.execute("select count(*) from pair").fetchall()
        if spent < budget and key.serves(connection, left, right):
            _add(connection, key, left, right, min(budget // 4, budget - spent))


def _add(connection: duckdb.DuckDBPyConnection, key: Key, left: str, right: str, budget: int) -> None:
    """The pairs that one key gives, its rarest values first."""
    one = left == right
    other = "a" if one else "b"
    pairs = "a.n * (a.n - 1) // 2" if one else "a.n * b.n"
    tables = {"a": left} if one else {"a": left, "b": right}
    for name, table in tables.items():
        connection.execute(f"create or replace temp table key_{name} as {key.rows(table)}")
    counted = ", ".join(
        f"{name} as (select key, count(*) as n from key_{name} group by key)"  # nosec B608
        for name in tables  # nosec B608
    )
    joined = "a" if one else "a join b using (key)"
    connection.execute(f"""
        create or replace temp table used as
        with {counted}, sized as (select key, {pairs} as pairs from {joined}),
             spent as (select key, pairs, sum(pairs) over (order by pairs, key) as total from sized)
        select key from spent where pairs > 0 and total <= {budget}""")  # nosec B608
    distinct = "and l.row < r.row" if one else ""
    connection.execute(f"""
        insert into pair
        select distinct l.row as l, r.row as r from key_a l join used using (key)
        join key_{other} r on r.key = l.key {distinct}
        anti join pair on pair.l = l.row and pair.r = r.row""")  # nosec B608
