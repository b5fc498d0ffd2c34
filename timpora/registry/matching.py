"""`timpora link` and `timpora dedupe`: pairs of people in files, without a database."""

from __future__ import annotations

import csv
import gc
import re
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import log2
from pathlib import Path
from typing import Any

import duckdb
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from timpora.progress import Progress
from timpora.registry.linkage import files
from timpora.registry.linkage.assignment import one_to_one
from timpora.registry.linkage.explaining import explained
from timpora.registry.linkage.grouping import groups
from timpora.registry.linkage.linking import Linker, Scored
from timpora.registry.linkage.model import Model, probability

HEAD = ("left_id", "right_id", "probability", "weight", "explanation")
STEPS = 4  # after the reading of the lists
MEMORY = "1GB"  # for the tables; what does not fit waits on the disk
FREE = -9.0  # bits: in one-to-one linking a pair of free rows may weigh less than an even chance


class Matching(BaseCommand):
    """What both commands share: `lists` are the names of the files they are given."""

    lists: tuple[str, ...] = ()
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files and how to read and match them."""
        for name in self.lists:
            parser.add_argument(name, type=Path, help=_("CSV, XLSX, XLS, ODS or Parquet"))
        parser.add_argument("--out", type=Path, required=True, help=_("the CSV of pairs to write"))
        parser.add_argument(
            "--map", nargs="+", default=[], metavar="FIELD=HEADING",
            help=_("what a heading means: %(fields)s") % {"fields": ", ".join(files.HEADINGS)},
        )  # fmt: skip
        parser.add_argument("--least", type=float, default=0.5, help=_("the least probability of a pair"))
        parser.add_argument(
            "--model", type=Path, help=_("weights kept by --save-model, in place of training")
        )
        parser.add_argument("--save-model", type=Path, help=_("keeps the weights that were estimated"))
        parser.add_argument("--limit-memory", default=MEMORY, metavar="2GB", help=_("the most memory to use"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the pairs; a file that can't be used is one line, not a traceback."""
        started = time.monotonic()
        gc.disable()  # a million rows make no circles, and the command ends
        self._progress, self._begun = Progress(self.stderr), 0
        try:
            weight_of(options["least"])  # both are refused before anything is read
            _size(options["limit_memory"])
            named = dict(files.fields_of(options["map"]))
            people = [self._read(options[name], named) for name in self.lists]
            files.check(named, people)
            linker = self._scored(people, options)
            number = self._write(options["out"], people, linker, options)
        except files.Unfit as unfit:
            raise CommandError(f"{_(unfit.sentence)} {unfit.name}".rstrip()) from unfit
        except duckdb.OutOfMemoryException as fault:
            short = _("%(memory)s of memory is too little for these lists. Give more with --limit-memory.")
            raise CommandError(short % {"memory": options["limit_memory"]}) from fault
        except (OSError, ValueError) as fault:
            raise CommandError(str(fault)) from fault
        finally:
            self._progress.end()
            gc.enable()
        self.stdout.write(
            _("%(pairs)s pairs in %(seconds).1f s: %(file)s")
            % {"pairs": number, "seconds": time.monotonic() - started, "file": options["out"]}
        )

    def _read(self, path: Path, named: dict[str, str]) -> files.People:
        self._step(_("Reading %(file)s") % {"file": path.name})
        return files.read(path, named)

    def _scored(self, people: list[files.People], options: dict[str, Any]) -> Linker:
        """The lists with every pair weighed."""
        self._step(_("Preparing the names"))
        linker = Linker(*(each.records for each in people), memory=options["limit_memory"])
        self._progress.end()
        for each in people:
            told = ", ".join(f"{heading} → {field}" for field, heading in each.columns.items())
            self.stderr.write(
                _("%(rows)s rows; columns: %(columns)s") % {"rows": len(each.ids), "columns": told}
            )
        kept = options["model"]
        self._step(_("Reading %(file)s") % {"file": kept.name} if kept else _("Estimating the weights"))
        model = Model.load(kept) if kept else linker.train()
        self._step(_("Comparing"))
        model = linker.score(model)
        if options["save_model"]:
            model.save(options["save_model"])
        return linker

    def _write(self, out: Path, people: list[files.People], linker: Linker, options: dict[str, Any]) -> int:
        """Writes the pairs and says how many."""
        self._step(_("Writing"))
        number = 0
        with out.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(HEAD)
            for pair, likely in self.chosen(linker, [len(each.ids) for each in people], options):
                left, right = people[0].ids[pair.left], people[-1].ids[pair.right]
                why = explained(pair.parts, _)
                lines.writerow((left, right, f"{likely:.6f}", f"{pair.weight:.3f}", why))
                number += 1
        return number

    def chosen(
        self, linker: Linker, rows: list[int], options: dict[str, Any]
    ) -> Iterable[tuple[Scored, float]]:
        """The pairs to write, each with its probability."""
        for pair in linker.pairs(weight_of(options["least"])):
            yield pair, probability(pair.weight)

    def _step(self, words: str) -> None:
        """The next of the steps has begun: reading each list, preparing, estimating, comparing, writing."""
        self._progress.step(words, len(self.lists) + STEPS, begun=self._begun)
        self._begun += 1


def each_once(linker: Linker, rows: list[int], least: float) -> Iterator[tuple[Scored, float]]:
    """The pairs in which every row stands at most once."""
    taken = one_to_one(linker.weights(FREE), rows[0], rows[-1], least)
    likely = {(pair.left, pair.right): pair.probability for pair in taken}
    for pair in linker.pairs(FREE, list(likely)):
        yield pair, likely[pair.left, pair.right]


def together(linker: Linker, rows: int, least: float) -> Iterator[tuple[Scored, float]]:
    """The pairs within groups of rows that are one person."""
    found = groups(linker.weights(FREE), rows, least)
    for pair in linker.pairs(FREE, [pair for group in found for pair in combinations(group, 2)]):
        yield pair, probability(pair.weight)


def _size(memory: str) -> None:
    """Raises ValueError for what is no size of memory."""
    if not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", memory, re.IGNORECASE):
        raise ValueError(_("Write the limit of memory as a size such as 2GB."))


def weight_of(likely: float) -> float:
    """The weight in bits of a probability. Raises ValueError outside 0 to 1."""
    if not 0 < likely < 1:
        raise ValueError(_("The least probability lies between 0 and 1."))
    return log2(likely / (1 - likely))
