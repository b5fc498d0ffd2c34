"""`timpora counts ID`: the figures of a place, on the server's own authority and unsuppressed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.ledger.refusal import Refusal
from timpora.recaps import moments
from timpora.recaps.counting import Figures, UnknownPlace, counts_of, place_of
from timpora.recaps.recount import recount

SHOWN = 20
"""Differences of a recount named one by one; more are counted."""


class Command(BaseCommand):
    """The command line of the counts."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A place with a day and a moment, or the rebuilding of the tallies."""
        parser.description = _(
            "Says how many foreign nationals live in an area, an office or the nation, each counted once."
        )
        parser.add_argument("place", nargs="?", metavar="ID", help='"ID", "33.19", "kanim-semarang" …')
        parser.add_argument(
            "--on", default="", metavar="DAY", help=_("what held at the end of that day, YYYY-MM-DD")
        )
        parser.add_argument(
            "--known", default="", metavar="MOMENT", help=_("as known then, YYYY-MM-DDTHH:MM[+07:00]")
        )
        parser.add_argument("--json", action="store_true", help=_("as JSON, its parts in `below`"))
        parser.add_argument(
            "--recount", action="store_true", help=_("rebuild the ready figures from the source rows")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the figures: a table for people, or JSON for programs."""
        if options["recount"]:
            self._recount()
            return
        found = self._figures(options)
        self.stdout.write(as_json(found) if options["json"] else table(found))

    def _figures(self, options: dict[str, Any]) -> Figures:
        code = (options["place"] or "").strip()
        if not code:
            raise CommandError(
                _('Name a place: "ID" for the nation, an area code, or an office such as kanim-semarang.')
            )
        try:
            place = place_of(code)
            on, known = moments.day(options["on"], place), moments.moment(options["known"], place)
        except UnknownPlace:
            raise CommandError(
                _("There is no area and no office with the code %(code)s.") % {"code": code}
            ) from None
        except Refusal as refusal:
            raise CommandError(f"--{refusal.field}: {refusal}") from refusal
        return counts_of(place, on=on, known=known)

    def _recount(self) -> None:
        number, differences = recount()
        for row in differences[:SHOWN]:
            name = " ".join(filter(None, (row.facet, row.key)))
            self.stdout.write(f"{row.area}  {name}: {row.held} → {row.true}")
        if len(differences) > SHOWN:
            self.stdout.write(_("… and %(n)d more") % {"n": len(differences) - SHOWN})
        said = ngettext("%(n)d figure was rebuilt", "%(n)d figures were rebuilt", number) % {"n": number}
        differed = ngettext("%(n)d differed.", "%(n)d differed.", len(differences)) % {"n": len(differences)}
        self.stdout.write(f"{said}, {differed}")


def as_json(found: Figures) -> str:
    """The figures for programs: the same in whatever language the operator is spoken to."""
    with translation.override("id"):
        return json.dumps(found.as_dict(), ensure_ascii=False, indent=1)


def table(found: Figures) -> str:
    """The figures as lines for people: the parts, then the whole."""
    heads = (_("Code"), _("Name"), _("People"), _("Waiting"), _("Known by list"), _("Visitors"))
    rows = [_cells(part) for part in found.below]
    lines = [tuple(str(head) for head in heads), *rows, _cells(found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    printed = [_aligned(line, widths) for line in lines]
    rule = "-" * len(printed[0])
    return "\n".join([printed[0], rule, *printed[1:-1], *([rule] if rows else []), printed[-1]])


def _cells(row: Figures) -> tuple[str, ...]:
    numbers = (row.people, row.waiting, row.known_by_list, row.visitors)
    return (
        row.code or "–",
        str(row.name),
        *(number_format(number, force_grouping=True) for number in numbers),
    )


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()
