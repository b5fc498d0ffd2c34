"""`timpora link A B --out pairs.csv`: who stands in both lists."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from timpora.registry.linkage.linking import Linker, Scored
from timpora.registry.matching import Matching, each_once


class Command(Matching):
    """Pairs across two files."""

    lists = ("left", "right")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two files, and whether a row may have several partners."""
        parser.description = _("Finds the people who stand in both of two lists, and says why.")
        super().add_arguments(parser)
        parser.add_argument(
            "--one-to-one", action="store_true", help=_("each row at most once: no list holds anybody twice")
        )

    def chosen(
        self, linker: Linker, rows: list[int], options: dict[str, Any]
    ) -> Iterable[tuple[Scored, float]]:
        """Every likely pair, or with --one-to-one the likeliest partner of each row."""
        if options["one_to_one"]:
            return each_once(linker, rows, options["least"])
        return super().chosen(linker, rows, options)
