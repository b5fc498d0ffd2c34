"""`timpora papers verify TEXT`: whether the signed line of a receipt is as it was signed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.papers import signing
from timpora.papers.models import SigningKey


class Command(BaseCommand):
    """The command line of papers."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command a verb."""
        parser.description = _("Says whether the code of a lodging's receipt is genuine.")
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help=_("checks what a code says"))
        verify.add_argument("text", help=_("the code's text, from TIMPORA1 on, or the whole address"))

    def handle(self, *args: Any, **options: Any) -> None:
        """One line and 0 for a genuine code, one line and 1 for any other."""
        line = signing.line_of(options["text"])
        found = signing.checked(line, SigningKey.objects.points())
        if found is None:
            raise CommandError(_("Not as it was signed: a letter was changed, or the code is not from here."))
        said = ngettext(
            "Genuine: %(number)s, lodging %(code)s, %(n)d guest, %(day)s.",
            "Genuine: %(number)s, lodging %(code)s, %(n)d guests, %(day)s.",
            found.count,
        )
        about = {"number": found.number, "code": found.code, "n": found.count, "day": found.day}
        self.stdout.write(said % about)
