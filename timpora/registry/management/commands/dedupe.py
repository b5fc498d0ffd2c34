"""`timpora dedupe A --out pairs.csv`: who stands twice in one list."""

from __future__ import annotations

from argparse import ArgumentParser

from django.utils.translation import gettext as _

from timpora.registry.matching import Matching


class Command(Matching):
    """Pairs within one file."""

    lists = ("list",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.description = _("Finds people who stand twice in a list, and says why.")
        super().add_arguments(parser)
