"""`timpora import FILE …`: takes in a list that is longer than the page takes, as its page would."""

# ruff: noqa: N999 - Django names a command by its module

from __future__ import annotations

import csv
import os
import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from timpora.address import address
from timpora.areas.models import Area
from timpora.exchange import importing, receipt, taking, words
from timpora.exchange.dry_run import Source
from timpora.exchange.models import Batch, Row, Sharing
from timpora.exchange.models.row import outcomes
from timpora.exchange.models.sent import SameFile, Sent
from timpora.exchange.showing import told
from timpora.ledger.refusal import Refusal
from timpora.progress import Progress
from timpora.sheets.writing import harmless
from timpora.team.models import Mandate
from timpora.vault import VaultError

WAIT = 2.0  # seconds between two looks at a list that another process takes in
ONLY_OURS = 0o600  # the mode of a file that names people


class Command(BaseCommand):
    """The command line of long lists."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the page asks of a list, as options."""
        parser.description = _("Takes in an agency's list of any length: looked at first, then row by row.")
        say = parser.add_argument
        say("file", type=Path, help=_("CSV, XLSX, XLS or ODS"))
        say("--by", required=True, metavar="NAME",
            help=_("user name of the officer who brings the list, of the agency that gives it"))  # fmt: skip
        say("--sharing", type=int, metavar="N", help=_("number of the record that allows it"))
        say("--area", required=True, metavar="CODE", help=_("the regency it speaks of, such as 33.19"))
        say("--as-of", required=True, metavar="DAY", help=_("the day the list was true, YYYY-MM-DD"))
        extent = parser.add_mutually_exclusive_group(required=True)
        extent.add_argument("--whole", action="store_true", help=_("this is the whole list"))
        extent.add_argument("--additional", action="store_true", help=_("it adds to the list sent before"))
        say(
            "--sheet",
            default="",
            metavar="NAME",
            help=_("the sheet, where not the fitting one"),
        )
        say("--map", nargs="+", default=[], metavar="FIELD=HEADING",
            help=_("what a heading means, where it is not recognised; =HEADING leaves it out"))  # fmt: skip
        say("--faults", type=Path, metavar="CSV", help=_("writes every fault: row, column, value, remedy"))
        say("--dry-run", action="store_true", help=_("only says what each row would become; keeps nothing"))
        say("--yes", action="store_true", help=_("takes it in without asking"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Looks at the list, asks, takes it in; what is wrong is one line, and nothing is kept then."""
        self.progress = Progress(self.stderr)
        try:
            self._run(options["file"], options)
        except (Refusal, VaultError) as fault:
            raise CommandError(str(fault)) from fault
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. What was taken in stays; the same command goes on.")) from None
        except OSError as fault:
            raise CommandError(f"{fault.filename or options['file']}: {fault.strerror}") from fault
        finally:
            self.progress.end()

    def _run(self, path: Path, options: dict[str, Any]) -> None:
        by, sharing = importing.giver(options["by"], options["sharing"], options["area"])
        try:
            if options["faults"] and options["faults"].resolve() == path.resolve():
                raise CommandError(_("--faults names the list itself. Choose another file."))
            batch = Batch.objects.receive(by=by, sent=_sent(path, sharing, options))
        except SameFile as same:
            batch = same.batch
            if batch.state != Batch.State.TAKING:
                raise CommandError(f"{same} {_page(batch)}") from same
            self.stdout.write(_("Going on with list %(n)s, which was interrupted.") % {"n": batch.pk})
        else:
            if not self._committed(batch, by, path, options):
                return
        self._take(batch)
        paper = receipt.issue(batch, by=by, door=address(reverse("papers:check")))
        self._say_tally(batch, _("Taken in:"))
        self.stdout.write(_("Receipt %(number)s: %(page)s") % {"number": paper.number, "page": _page(batch)})

    def _committed(self, batch: Batch, by: Mandate, path: Path, options: dict[str, Any]) -> bool:
        """Whether the list was looked at and is to be taken in; otherwise nothing of it is kept."""
        try:
            self._map(batch, by, path, options)
            self._say_tally(batch, _("Would become:"))
            self._say_faults(batch, options["faults"])
            wanted = not options["dry_run"] and (options["yes"] or self._answer())
            if wanted:
                batch.commit(by=by)
        except BaseException:  # Ctrl-C, too: nothing of what was read stays
            batch.discard(by=by)
            raise
        if not wanted:
            batch.discard(by=by)
            self.stdout.write(_("Nothing was taken in."))
        return wanted

    def _map(self, batch: Batch, by: Mandate, path: Path, options: dict[str, Any]) -> None:
        if batch.rows.exists():
            self.stdout.write(_("Reading list %(n)s anew: it was interrupted.") % {"n": batch.pk})
        found = importing.columns(path, batch, options["sheet"], options["map"])
        for warning in found.warnings:
            self.stderr.write(warning)
        self.stdout.write(_("Columns:"))
        for heading, field in found.mapping.items():
            meant = words.field(field) if field else _("left out")
            self.stdout.write(f"  {heading} → {meant}")
        source = _Watched(path, self.progress).source()
        batch.map_long(by=by, mapping=found.mapping, sheet=found.sheet, source=source)
        self.progress.end()

    def _say_tally(self, batch: Batch, head: str) -> None:
        tally = batch.tally
        self.stdout.write(head)
        for outcome in outcomes(batch):
            self.stdout.write(f"  {_grouped(tally[outcome]):>10}  {outcome.label}")
        self.stdout.write(f"  {_grouped(sum(tally.values())):>10}  " + _("rows in all"))

    def _say_faults(self, batch: Batch, path: Path | None) -> None:
        if path is None:
            if batch.tally[Row.Outcome.FAULTY]:
                self.stdout.write(_("--faults FILE writes what is wrong with each row, and what to do."))
            return
        count = 0
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_OURS)
        os.fchmod(number, ONLY_OURS)  # a file that was there keeps its mode otherwise
        with open(number, "w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file, delimiter=";")
            lines.writerow([_("Row"), _("Column"), _("Value"), _("To put right")])
            for line in batch.upload.read:
                for fault in map(told, line["faults"]):
                    lines.writerow(
                        [line["number"], *(harmless(fault[name]) for name in ("column", "value", "remedy"))]
                    )
                    count += 1
        said = {"number": _grouped(count), "file": path}
        self.stdout.write(_("%(number)s faults stand in %(file)s. Only you can read it.") % said)

    def _answer(self) -> bool:
        if not sys.stdin.isatty():
            self.stdout.write(_("Without a terminal nobody can be asked: --yes takes it in."))
            return False
        return input(_("Take these rows in? [y/N] ")).strip().casefold() in ("y", "yes", "ya")

    def _take(self, batch: Batch) -> None:
        """Takes in what is left, however often somebody else was quicker."""
        left = batch.rows.untaken().count()
        done = 0

        def taken(rows: int) -> None:
            nonlocal done
            done += rows
            self.progress.to(done)

        self.progress.step(_("Taking in"), left)
        while not Batch.objects.committed().filter(pk=batch.pk).exists():
            taking.go_on(batch, taken)
            batch.refresh_from_db()
            if not batch.committed_at:
                time.sleep(WAIT)  # another process is at it, or was killed less than a minute ago
                taken(left - done - batch.rows.untaken().count())
        self.progress.end()


class _Watched:
    """A file that is looked through once and then read, and says how far that is."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path, self._progress, self._rows = path, progress, 0
        progress.step(_("Looking through %(file)s") % {"file": path.name})

    def source(self) -> Source:
        return Source(self._path, self._looked, self._read)

    def _looked(self, rows: int) -> None:
        self._rows = rows
        self._progress.to(rows)

    def _read(self, row: int) -> None:
        if self._rows:
            self._progress.step(_("Reading %(file)s") % {"file": self._path.name}, self._rows)
            self._rows = 0
        self._progress.to(row)


def _sent(path: Path, sharing: Sharing, options: dict[str, Any]) -> Sent:
    area = Area.objects.filter(pk=options["area"]).first()
    if area is None:
        raise CommandError(_("There is no area with this code: %(code)s") % {"code": options["area"]})
    try:
        as_of = date.fromisoformat(options["as_of"])
    except ValueError:
        raise CommandError(_("Write the day as YYYY-MM-DD: %(day)s") % {"day": options["as_of"]}) from None
    return Sent(sharing, area, as_of, options["whole"], path.name, b"", path=path)


def _page(batch: Batch) -> str:
    return address(reverse("exchange:batch", args=[batch.pk]))


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)
