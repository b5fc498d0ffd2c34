"""How fast the chain is checked: `python -m bench.ledger 300000`."""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from timpora.ledger import book  # noqa: E402
from timpora.ledger.verify import verify  # noqa: E402


def main() -> None:
    entries = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    for start in range(0, entries, 20_000):
        with book.writing():
            for n in range(start, min(start + 20_000, entries)):
                book.record(
                    "report.verified",
                    by=book.SYSTEM,
                    area="33.19.01.2001",
                    subject=f"report:{n}",
                    fields=("state",),
                    detail={"reason": "a reason"} if n % 4 == 0 else None,
                )
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter()
        verdict = verify()
        assert verdict.sound and verdict.entries == entries
        best = max(best, entries / (time.perf_counter() - begun))
    print(json.dumps({"engine": connection.vendor, "entries": entries, "per_second": round(best)}))


if __name__ == "__main__":
    main()
