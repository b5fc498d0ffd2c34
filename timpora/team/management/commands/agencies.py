"""`timpora agencies load | list`: the agencies that sit in a Tim Pora."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from timpora.team.models import Agency


class Command(BaseCommand):
    """The command line of agencies."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`load` and `list`."""
        parser.description = _("Loads the agencies of a Tim Pora, or lists those there are.")
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help=_("adds and renames agencies to agree with the list that comes along"))
        verbs.add_parser("list", help=_("the agencies by code"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb and says what it did."""
        if options["verb"] == "load":
            self.stdout.write("\n".join(Agency.objects.load()) or _("Nothing was changed."))
        else:
            for agency in Agency.objects.order_by("code"):
                self.stdout.write(f"{agency.code}  {agency.name}")
