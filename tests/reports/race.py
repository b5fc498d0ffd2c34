"""Run as a program: two districts confirm the same passport at the same moment; prints what became of it.

A program of its own, because only real commits on two connections can race, and the ledger's triggers forbid
cleaning up after them in a shared database.
"""

import json
import threading
from contextlib import suppress
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests import cast  # noqa: E402
from timpora.ledger.verify import verify  # noqa: E402
from timpora.recaps.counting import counts  # noqa: E402
from timpora.registry.models import Claim, Person  # noqa: E402
from timpora.reports import identity as module  # noqa: E402

MEETING = threading.Barrier(2)
make_person = module.of_statement


def meet_first(statement: Any) -> Person:
    """Both have looked and found nobody before either makes the person (where the engine lets both look)."""
    with suppress(threading.BrokenBarrierError):
        MEETING.wait(timeout=2)
    return make_person(statement)


def main() -> None:
    call_command("migrate", verbosity=0)
    world = cast.world()
    on = world.office.today
    sent = [cast.report(by, on=on, **cast.PASSPORT) for by in (world.bakalan, world.getas)]
    module.of_statement = meet_first  # type: ignore[attr-defined]
    faults: list[str] = []

    def confirm(report: Any, by: Any) -> None:
        try:
            report.confirm(by=by)
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=confirm, args=pair)
        for pair in zip(sent, (world.kaliwungu, world.jati), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    print(
        json.dumps(
            {
                "faults": faults,
                "persons": Person.objects.count(),
                "claims": Claim.objects.count(),
                "people": counts("ID").people,
                "waiting": counts("ID").waiting,
                "sound": verify().sound,
            }
        )
    )


if __name__ == "__main__":
    main()
