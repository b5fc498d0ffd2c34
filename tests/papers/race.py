"""Run as a program: several officers issue at the same moment, some change their mind; prints the numbers.

A program of its own, because only real commits on several connections can race.
"""

import json
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests import cast  # noqa: E402
from tests.papers import receipt  # noqa: E402
from timpora.ledger import book  # noqa: E402
from timpora.ledger.verify import verify  # noqa: E402
from timpora.papers.models import Paper  # noqa: E402

OFFICERS, EACH = 6, 5
MEETING = threading.Barrier(OFFICERS)


class ChangedMind(Exception):
    pass


def main() -> None:
    call_command("migrate", verbosity=0)
    world = cast.world()
    faults: list[str] = []

    def issue(officer: int) -> None:
        try:
            MEETING.wait(timeout=20)
            for turn in range(EACH):
                try:
                    with book.writing():
                        receipt.issued(world)
                        if (officer + turn) % 3 == 0:
                            raise ChangedMind
                except ChangedMind:
                    continue
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(officer,)) for officer in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    kept = sum((officer + turn) % 3 != 0 for officer in range(OFFICERS) for turn in range(EACH))
    numbers = sorted(Paper.objects.values_list("n", flat=True))
    print(
        json.dumps(
            {"faults": faults, "gapless": numbers == list(range(1, kept + 1)), "sound": verify().sound}
        )
    )


if __name__ == "__main__":
    main()
