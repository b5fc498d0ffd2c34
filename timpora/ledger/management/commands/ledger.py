"""`timpora ledger verify`: is the chain whole?"""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from timpora.ledger.verify import verify

WHY = {
    "missing": "an entry is missing here",
    "unlinked": "it does not follow from the entry before it",
    "changed": "it no longer says what it said when it was written",
    "detail": "its erasable values were altered",
}


class Command(BaseCommand):
    help = "Check the hash chain of the ledger and name the first entry that does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument(
            "--since", type=int, default=0, metavar="N", help="trust the entries up to number N"
        )
        parser.add_argument(
            "--head", default="", help="the digest noted earlier must still stand in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            verdict = verify(options["since"], options["head"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        seconds = max(time.perf_counter() - begun, 1e-9)
        if not verdict.sound:
            raise CommandError(f"entry {verdict.broken_at}: {WHY[verdict.why]}")
        self.stdout.write(
            f"{verdict.entries} entries fit ({verdict.entries / seconds:,.0f}/s). Head: {verdict.head}"
        )
