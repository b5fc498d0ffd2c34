"""`timpora dedupe A --out pairs.csv`: who stands twice in one list."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from timpora.registry.linkage.linking import Linker, Scored
from timpora.registry.matching import Matching, together


class Command(Matching):
    """Pairs within one file."""

    lists = ("list",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.description = _("Finds people who stand twice in a list, and says why.")
        super().add_arguments(parser)
        parser.add_argument(
            "--groups",
            action="store_true",
            help=_("rows that are one person together: pairs are judged by all"),
        )

    def chosen(
        self, linker: Linker, rows: list[int], options: dict[str, Any]
    ) -> Iterable[tuple[Scored, float]]:
        """Every likely pair, or with --groups every pair that was compared within a group."""
        if options["groups"]:
            return together(linker, rows[0], options["least"])
        return super().chosen(linker, rows, options)
