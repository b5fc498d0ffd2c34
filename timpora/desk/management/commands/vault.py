"""`timpora vault create | rotate | retire`: the keys that open document numbers."""

from __future__ import annotations

import fcntl
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.desk.sealed import COLUMNS, NumbersWait, create_key, left, said
from timpora.ledger import book
from timpora.vault import Vault, VaultError, VaultMissing

SETTLED = 60.0  # seconds after which no running request still seals with the key it read before a rotation


class Command(BaseCommand):
    """The command line of the vault."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command a verb."""
        parser.description = _(
            "Creates the key file of the document numbers, changes to a new key, removes keys out of use."
        )
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = _("makes the key file where VAULT_KEYS points; never over another file")
        verbs.add_parser("create", help=create)
        verbs.add_parser("rotate", help=_("adds a key and seals all numbers with it anew; resumes"))
        verbs.add_parser("retire", help=_("removes the keys that seal nothing any more"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb; what the vault says no to is one line, not a traceback."""
        try:
            getattr(self, options["verb"])()
        except (VaultError, NumbersWait) as fault:
            raise CommandError(said(fault)) from fault
        except OSError as fault:
            sentence = _(
                "%(path)s can't be written (%(fault)s): give this user the right to write in its folder, or "
                "let VAULT_KEYS name another one."
            )
            about = {"path": settings.VAULT_KEYS, "fault": fault.strerror}
            raise CommandError(sentence % about) from fault

    def create(self) -> None:
        """A first key."""
        sentence = _(
            "The key file is %(path)s. Keep a copy of it apart from the backups of DATA: without it no "
            "document number can be read again."
        )
        self.stdout.write(sentence % {"path": create_key()})

    def rotate(self) -> None:
        """Every sealed value under a new key; an interrupted rotation is finished before a new one begins."""
        with alone():
            safe = load()
            if left(safe):
                sentence = _("Going on with the rotation to key %(n)d, which was interrupted.")
            else:
                safe = safe.add_key()
                sentence = _("Key %(n)d is added. Copy the key file now, apart from DATA.")
            self.stdout.write(sentence % {"n": safe.version})
            moved, broken = self._reseal(safe)
            if broken:
                sentence = ngettext(
                    "%(n)s value opens with no key of the file and was left as it is. Put back the copy of "
                    "the key file that holds every generation, then run `timpora vault rotate` again.",
                    "%(n)s values open with no key of the file and were left as they are. Put back the copy "
                    "of the key file that holds every generation, then run `timpora vault rotate` again.",
                    broken,
                )
                raise CommandError(sentence % {"n": grouped(broken)})
            with book.writing():
                kept = {"resealed": moved}
                book.record("vault.rotated", by=book.SYSTEM, subject=f"vault:{safe.version}", detail=kept)
        sentence = ngettext(
            "%(n)s value is sealed with key %(key)d. Next: timpora vault retire",
            "%(n)s values are sealed with key %(key)d. Next: timpora vault retire",
            moved,
        )
        self.stdout.write(sentence % {"n": grouped(moved), "key": safe.version})

    def _reseal(self, safe: Vault) -> tuple[int, int]:
        """How many values were moved, and how many no key opened. Repeated while others still seal."""
        moved = broken = 0
        while (todo := left(safe)) > broken:
            broken = done = 0
            for column in COLUMNS:
                for batch in column.reseal(safe):
                    moved, broken = moved + batch.resealed, broken + batch.broken
                    done += batch.resealed + batch.broken
                    far = {"done": grouped(done), "all": grouped(todo)}
                    self.stdout.write("\r" + _("%(done)s of %(all)s") % far, ending="")
                    self.stdout.flush()
            self.stdout.write("")
        return moved, broken

    def retire(self) -> None:
        """Removes the old keys. Refuses while one of them still seals a value."""
        with alone():
            safe = load()
            old = sorted(safe.keys.keys() - {safe.version})
            if not old:
                sentence = _("There is no old key: all is sealed with key %(n)d.")
                self.stdout.write(sentence % {"n": safe.version})
                return
            self._let_settle()
            still = left(safe)
            if still:
                sentence = ngettext(
                    "%(n)s value is still sealed with an old key: run `timpora vault rotate` first.",
                    "%(n)s values are still sealed with an old key: run `timpora vault rotate` first.",
                    still,
                )
                raise CommandError(sentence % {"n": grouped(still)})
            with book.writing():
                for generation in old:
                    book.record("vault.retired", by=book.SYSTEM, subject=f"vault:{generation}")
                safe.drop_keys(old)
        sentence = _(
            "Removed: key %(keys)s. Backups of DATA from before the rotation open only with the copy of the "
            "key file from then."
        )
        self.stdout.write(sentence % {"keys": ", ".join(map(str, old))})

    def _let_settle(self) -> None:
        wait = settings.VAULT_KEYS.stat().st_mtime + SETTLED - time.time()
        wait = min(wait, SETTLED)  # a clock that was set back puts the file into the future
        if wait > 0:
            sentence = _("Waiting %(n)d s for requests that still know the old key …")
            self.stdout.write(sentence % {"n": round(wait)})
            time.sleep(wait)


def grouped(number: int) -> str:
    """The number as the operator's language writes thousands."""
    return number_format(number, force_grouping=True)


def load() -> Vault:
    """The vault of this installation. Raises VaultError."""
    return Vault.load(settings.VAULT_KEYS, outside=None if settings.DEMO else settings.DATA)


@contextmanager
def alone() -> Iterator[None]:
    """Keeps a second command from the key file: of two that add a key at once, one's key would be lost."""
    if not settings.VAULT_KEYS.exists():
        raise VaultMissing(settings.VAULT_KEYS)
    folder = os.open(settings.VAULT_KEYS.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(_("Another `timpora vault` is at work: let it finish.")) from None
        yield
    finally:
        os.close(folder)
