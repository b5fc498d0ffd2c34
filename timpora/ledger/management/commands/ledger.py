"""`timpora ledger verify`: is the chain whole?"""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timpora.ledger.verify import verify

WHY = {
    "missing": gettext_lazy("an entry is missing here"),
    "unlinked": gettext_lazy("it does not follow from the entry before it"),
    "changed": gettext_lazy("it no longer says what it said when it was written"),
    "detail": gettext_lazy("its erasable values were altered"),
}


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Checks the ledger's hash chain and names the first entry that does not fit.")
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument(
            "--since", type=int, default=0, metavar="N", help=_("trust the entries up to number N")
        )
        parser.add_argument(
            "--head", default="", help=_("the digest noted earlier must still stand in the chain")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            verdict = verify(options["since"], options["head"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        seconds = max(time.perf_counter() - begun, 1e-9)
        if not verdict.sound:
            raise CommandError(_("entry %(n)d: %(why)s") % {"n": verdict.broken_at, "why": WHY[verdict.why]})
        speed = number_format(round(verdict.entries / seconds), force_grouping=True)
        said = ngettext("%(n)d entry fits", "%(n)d entries fit", verdict.entries) % {"n": verdict.entries}
        self.stdout.write(f"{said} ({speed}/s). " + _("Head: %(digest)s") % {"digest": verdict.head})
