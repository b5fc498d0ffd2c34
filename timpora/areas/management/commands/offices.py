"""`timpora offices load | list`: opens the offices a JSON file describes, with their jurisdiction."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from timpora.areas import office_file
from timpora.areas.models import Office
from timpora.ledger.refusal import Refusal


class Command(BaseCommand):
    """The command line of offices."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`load FILE` and `list`."""
        parser.description = _("Loads offices from a file, or lists those there are.")
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help=_("opens or changes the offices of a JSON file"))
        load.add_argument(
            "file", nargs="?", default=str(office_file.OURS), help=_("default: the offices that come along")
        )
        verbs.add_parser("list", help=_("the offices with the kabupaten and kota they answer for"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb; a refusal or a broken file is one line, not a traceback."""
        if options["verb"] == "load":
            try:
                lines = office_file.load(options["file"])
            except (Refusal, office_file.BrokenFile) as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write("\n".join(lines) or _("Nothing was changed."))
        else:
            for office in Office.objects.order_by("code"):
                self.stdout.write(f"{office.code}  {office.name}  {' '.join(office.codes)}")
