"""How fast a person is found again among millions: `python -m bench.lookup 1000000`.

Whoever is looked for is known without a document; the name holds one slip, the birth date is right in eight
of ten, a year alone in one and absent in one. Three of four are reported where they live, others anywhere.
Half of the persons live in three hundred villages, the others all over the country.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.people.invent import people  # noqa: E402
from bench.people.written import RIGHT, slip, written  # noqa: E402
from timpora.areas import loading  # noqa: E402
from timpora.areas.codes import Level  # noqa: E402
from timpora.areas.models import Area  # noqa: E402
from timpora.registry import linkage  # noqa: E402
from timpora.registry.linkage.columns import Record, columns  # noqa: E402
from timpora.registry.linkage.keys import keys  # noqa: E402
from timpora.registry.models import Person, PersonKey, Statement, decision  # noqa: E402
from timpora.registry.models.profiles import profile_of  # noqa: E402
from timpora.registry.names import key  # noqa: E402

PART = 50_000
LOOKED_FOR, FROM = 2_000, 20  # persons, of so many parts
WORKERS = 2
MANY = 300  # villages in which every second person lives
AT_HOME = 0.75
PERSON = ("id", "names", "given", "family", "sex", "birth_date", "nationality", "nationality_text", "purpose",
          "permit_kind", "permit_until", "name_key", "settled_at")  # fmt: skip
RESIDENCE = ("person_id", "area_id", "address", "started_on", "evidenced_on", "known_from", "cause",
             "closing_cause", '"end"')  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register."""

    number: int
    name: str
    birth: str
    sex: str
    nationality: str

    def keys(self, area: str) -> list[int]:
        said = Record(self.name, birth=self.birth, sex=self.sex, nationality=self.nationality)
        return keys(columns(said), [area])

    def row(self, moment: str) -> tuple[Any, ...]:
        return (self.number, self.name, "", "", self.sex, self.birth, self.nationality, "", "", "", "",
                key(self.name), moment)  # fmt: skip

    def village(self, villages: Sequence[str]) -> str:
        """Where they live."""
        return villages[self.number * 7919 % (MANY if self.number % 2 else len(villages))]

    def said(self, chance: Random, villages: Sequence[str]) -> Statement:
        """What somebody says of them who knows no document."""
        area = self.village(villages) if chance.random() < AT_HOME else chance.choice(villages)
        known = chance.random()
        birth = self.birth if known < 0.8 else self.birth[:4] if known < 0.9 else ""
        name = slip(self.name, chance)
        values = {"names": name, "birth_date": birth, "sex": self.sex, "nationality": self.nationality}
        return Statement(values=values, name_key=key(name), area_id=area)


def part(first: int) -> list[Known]:
    """The persons numbered from `first`, the same for the same number."""
    chance = Random(first)
    rows = (written(person, chance, RIGHT) for person in people(PART, seed=first))
    return [
        Known(first + at, name, birth, sex, nation) for at, (name, birth, sex, nation, *_) in enumerate(rows)
    ]


def lines(first: int, villages: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """A part as rows of three tables."""
    moment, some = timezone.now().isoformat(), part(first)
    lived = ("", "2026-01-01", "2026-11-01", moment, "bench", "", "")
    living = [(each, each.village(villages)) for each in some]
    return {
        "person": [each.row(moment) for each in some],
        "personkey": [(number, each.number) for each, home in living for number in each.keys(home)],
        "residence": [(each.number, home, *lived) for each, home in living],
    }


def everywhere() -> list[str]:
    """The codes of all villages in an order of chance."""
    codes = list(Area.objects.filter(level=Level.VILLAGE).order_by("code").values_list("code", flat=True))
    Random(1).shuffle(codes)
    return codes


def fill(size: int, villages: Sequence[str]) -> None:
    """So many persons, loaded before their keys are indexed."""
    with connection.schema_editor() as editor:
        for constraint in PersonKey._meta.constraints:
            editor.remove_constraint(PersonKey, constraint)
    columns_of = {"person": PERSON, "personkey": ("key", "person_id"), "residence": RESIDENCE}
    with ProcessPoolExecutor(WORKERS) as pool:
        for tables in pool.map(partial(lines, villages=villages), range(1, size, PART)):
            with transaction.atomic():
                for name, rows in tables.items():
                    _copy(f"registry_{name}", columns_of[name], rows)
    with connection.schema_editor() as editor:
        for constraint in PersonKey._meta.constraints:
            editor.add_constraint(PersonKey, constraint)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _copy(table: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(names))
            connection.connection.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows
            )


def looked_for(size: int, villages: Sequence[str]) -> Iterator[tuple[int, Statement]]:
    """Persons taken at random, each with what is said of them."""
    chance, parts = Random(9), range(1, size, PART)
    some = parts[:: max(1, len(parts) // FROM)]
    for first in some:
        for known in chance.sample(part(first), LOOKED_FOR // len(some)):
            yield known.number, known.said(chance, villages)


def measure(size: int, villages: Sequence[str]) -> dict[str, Any]:
    asked = list(looked_for(size, villages))
    for _number, statement in asked[:200]:
        decision.proposed(statement)
    found = proposed = 0
    looking, whole, counted = [], [], []
    for number, statement in asked:
        begun = time.perf_counter()
        candidates = decision.candidates(statement)
        looked = time.perf_counter()
        proposals = linkage.propose(profile_of(statement), candidates, Person.objects.highest())
        looking.append((looked - begun) * 1000)
        whole.append((time.perf_counter() - begun) * 1000)
        counted.append(len(candidates))
        found += any(each.person_id == number for each in candidates)
        proposed += any(each.candidate.person_id == number for each in proposals)
    return {
        "size": size, "asked": len(asked), "found": round(found / len(asked), 4),
        "proposed": round(proposed / len(asked), 4), "compared": statistics.median(counted),
        **_quantiles("look-up", looking), **_quantiles("with weighing", whole),
    }  # fmt: skip


def _quantiles(name: str, times: list[float]) -> dict[str, float]:
    parts = statistics.quantiles(times, n=100)
    return {
        f"{name} p50": round(parts[49], 2),
        f"{name} p95": round(parts[94], 2),
        f"{name} p99": round(parts[98], 2),
    }


def main() -> None:
    call_command("migrate", verbosity=0)
    loading.load()
    size, villages = int(sys.argv[1]), everywhere()
    begun = time.perf_counter()
    if not Person.objects.exists():
        fill(size, villages)
    print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    print(json.dumps({"engine": connection.vendor, **measure(size, villages)}), flush=True)


if __name__ == "__main__":
    main()
