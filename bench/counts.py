"""Counts at every tier with many residences: `python -m bench.counts 20000 200000 2000000`."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.database_time import database_time, wall_time  # noqa: E402
from timpora.areas import loading, office_file  # noqa: E402
from timpora.recaps.counting import counts, plain  # noqa: E402
from timpora.recaps.recount import recount  # noqa: E402

TIERS = ("ID", "33", "kanim-semarang", "33.19", "33.19.01", "33.19.01.2001")

SERIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT {low} UNION ALL SELECT i + 1 FROM n WHERE i < {high})",
    "postgresql": "WITH n(i) AS (SELECT generate_series({low}, {high}))",
}
DAY = {"sqlite": "date('now', (-({n})) || ' days')", "postgresql": "(current_date - ({n})::int)"}


def people(low: int, high: int) -> None:
    """Persons numbered from low to high, spread over every village of the country, with their residence."""
    vendor = connection.vendor
    series = SERIES[vendor].format(low=low, high=high)
    started, seen = (DAY[vendor].format(n=n) for n in ("100 + i % 700", "i % 100"))
    until = DAY[vendor].format(n="0 - i % 700")
    now = timezone.now().isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_person (id, names, given, family, sex, birth_date, nationality,"
            f" nationality_text, purpose, permit_kind, permit_until, name_key, settled_at) {series}"
            " SELECT i, 'N ' || i, '', '', CASE WHEN i % 2 = 0 THEN 'F' ELSE 'M' END, '1990-01-01', 'CHN',"
            " '', '', CASE i % 3 WHEN 0 THEN 'ITAS' WHEN 1 THEN 'ITAP' ELSE 'ITK' END,"
            f" CAST({until} AS varchar(10)), 'n ' || i, '{now}' FROM n"
        )
        cursor.execute(
            "INSERT INTO registry_residence (person_id, area_id, address, started_on, evidenced_on,"
            f' known_from, cause, closing_cause, "end") {series}'
            f" SELECT i, v.code, '', {started}, {seen}, '{now}', 'bench', '', '' FROM n"
            " JOIN bench_village v"
            " ON v.number = (CAST(i AS bigint) * 7919) % (SELECT count(*) FROM bench_village)"
        )


def villages() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_village AS SELECT row_number() OVER (ORDER BY code) - 1 AS number, code"
            " FROM areas_area WHERE level = 4"
        )
        cursor.execute("CREATE INDEX bench_village_number ON bench_village (number)")


def measure(size: int) -> list[dict[str, Any]]:
    rows = []
    for code in TIERS:
        found = counts(code)
        statements, milliseconds = database_time(lambda code=code: counts(code))  # type: ignore[misc]
        rows.append(
            {
                "size": size,
                "code": code,
                "people": found.people,
                "statements": statements,
                "database_ms": round(milliseconds, 2),
                "wall_ms": round(wall_time(lambda code=code: counts(code)), 2),
            }
        )
    _number, grouped = database_time(lambda: plain("ID"), repeat=1)
    assert plain("ID") == counts("ID"), "the fast way and the plain grouping differ"
    rows.append(
        {
            "size": size,
            "code": "ID, plain grouping",
            "people": size,
            "statements": 3,
            "database_ms": round(grouped, 1),
            "wall_ms": round(grouped, 1),
        }
    )
    return rows


def main() -> None:
    call_command("migrate", verbosity=0)
    loading.load()
    office_file.load(str(office_file.OURS))
    villages()
    before = 0
    for size in map(int, sys.argv[1:]):
        for low in range(before + 1, size + 1, 100_000):
            people(low, min(low + 99_999, size))
        before = size
        recount()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for row in measure(size):
            print(json.dumps({"engine": connection.vendor, **row}), flush=True)


if __name__ == "__main__":
    main()
