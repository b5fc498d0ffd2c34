"""How long an agency's list takes, from the file to its persons: `python -m bench.lists 10000`.

One row in twenty has a fault: a day that does not exist, a nationality nobody knows, no name, a year of the
Hijri calendar. Memory is that of the process at most; the file is made in another one.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.people.invent import people  # noqa: E402
from bench.people.written import RIGHT, written  # noqa: E402
from tests import cast  # noqa: E402
from tests.exchange.given import HEADINGS, agree, receive, table  # noqa: E402
from timpora.exchange import taking  # noqa: E402
from timpora.exchange.lists.kinds import KINDS  # noqa: E402
from timpora.exchange.lists.reading import inspect  # noqa: E402
from timpora.exchange.models import Row  # noqa: E402
from timpora.exchange.showing import told  # noqa: E402

FAULTY = 20  # one row in so many
FAULTS = (("TGL LAHIR", "31/02/1991"), ("KEWARGANEGARAAN", "Negeri Jauh"), ("NAMA TKA", ""),
          ("TGL LAHIR", "12/05/1412"))  # fmt: skip


def workbook(count: int) -> bytes:
    """So many rows, every twentieth with a fault."""
    chance, faults = Random(4), cycle(FAULTS)
    rows = []
    for number, person in enumerate(people(count, seed=4)):
        name, birth, sex, nation, document, _area = written(person, chance, RIGHT)
        born = f"{date.fromisoformat(birth):%d/%m/%Y}"
        row = {
            "NAMA TKA": name, "L/P": {"F": "P", "M": "L"}[sex], "TGL LAHIR": born, "KEWARGANEGARAAN": nation,
            "NO. PASPOR": document, "PERUSAHAAN": f"PT Contoh {number % 90}", "JABATAN": "Teknisi",
        }  # fmt: skip
        row |= dict([next(faults)]) if number % FAULTY == 0 else {}
        rows.append(tuple(row.get(heading, "") for heading in HEADINGS))
    return table(rows)


def measure(count: int) -> Iterator[tuple[str, Any]]:
    """What was measured, by name."""
    world = cast.seated()
    with ProcessPoolExecutor(1) as pool:
        data = pool.submit(workbook, count).result()
    sharing = agree(world)
    began, before = time.perf_counter(), _megabytes()
    batch = receive(world.labour, sharing, data)
    batch.map(by=world.labour, mapping=inspect(data, KINDS["workers"]).mapping)
    yield "dry_run", round(time.perf_counter() - began, 1)
    yield "megabytes", _megabytes()
    yield "before", before
    faults = [[told(fault) for fault in line["faults"]] for line in batch.upload.read]
    yield "named", sum(bool(each) and all(f["column"] and f["remedy"] for f in each) for each in faults)
    yield "faulty", batch.tally[Row.Outcome.FAULTY]
    began = time.perf_counter()
    batch.commit(by=world.labour)
    taking.go_on(batch)
    batch.refresh_from_db()
    assert batch.committed_at
    yield "taking_in", round(time.perf_counter() - began, 1)


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    call_command("migrate", verbosity=0)
    count = int(sys.argv[1])
    print(json.dumps({"engine": connection.vendor, "rows": count, **dict(measure(count))}), flush=True)


if __name__ == "__main__":
    main()
