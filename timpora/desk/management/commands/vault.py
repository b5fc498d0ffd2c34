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

from timpora.desk.sealed import COLUMNS, NumbersWait, create_key, left
from timpora.ledger import book
from timpora.registry.vault import Vault, VaultError, VaultMissing

SETTLED = 60.0  # seconds after which no running request still seals with the key it read before a rotation


class Command(BaseCommand):
    """The command line of the vault."""

    help = "Creates the key file of the document numbers, changes to a new key, removes keys out of use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command a verb."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("create", help="makes the key file where VAULT_KEYS points; never over another file")
        verbs.add_parser("rotate", help="adds a key and seals all numbers with it anew; resumes")
        verbs.add_parser("retire", help="removes the keys that seal nothing any more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the verb; what the vault says no to is one line, not a traceback."""
        try:
            getattr(self, options["verb"])()
        except (VaultError, NumbersWait) as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(
                f"{settings.VAULT_KEYS} can't be written ({fault.strerror}): give this user the right to "
                "write in its folder, or let VAULT_KEYS name another one."
            ) from fault

    def create(self) -> None:
        """A first key."""
        path = create_key()
        self.stdout.write(
            f"The key file is {path}. Keep a copy of it apart from the backups of DATA: without it no "
            "document number can be read again."
        )

    def rotate(self) -> None:
        """Every sealed value under a new key; an interrupted rotation is finished before a new one begins."""
        with alone():
            safe = load()
            if left(safe):
                self.stdout.write(f"Going on with the rotation to key {safe.version}, which was interrupted.")
            else:
                safe = safe.add_key()
                self.stdout.write(f"Key {safe.version} is added. Copy the key file now, apart from DATA.")
            moved, broken = self._reseal(safe)
            if broken:
                raise CommandError(
                    f"{broken:,} values open with no key of the file and were left as they are. Put back the "
                    "copy of the key file that holds every generation, then run `timpora vault rotate` again."
                )
            with book.writing():
                kept = {"resealed": moved}
                book.record("vault.rotated", by=book.SYSTEM, subject=f"vault:{safe.version}", detail=kept)
        self.stdout.write(f"{moved:,} values are sealed with key {safe.version}. Next: timpora vault retire")

    def _reseal(self, safe: Vault) -> tuple[int, int]:
        """How many values were moved, and how many no key opened. Repeated while others still seal."""
        moved = broken = 0
        while (todo := left(safe)) > broken:
            broken = done = 0
            for column in COLUMNS:
                for batch in column.reseal(safe):
                    moved, broken = moved + batch.resealed, broken + batch.broken
                    done += batch.resealed + batch.broken
                    self.stdout.write(f"\r{done:,} of {todo:,}", ending="")
                    self.stdout.flush()
            self.stdout.write("")
        return moved, broken

    def retire(self) -> None:
        """Removes the old keys. Refuses while one of them still seals a value."""
        with alone():
            safe = load()
            old = sorted(safe.keys.keys() - {safe.version})
            if not old:
                self.stdout.write(f"There is no old key: all is sealed with key {safe.version}.")
                return
            self._let_settle()
            still = left(safe)
            if still:
                raise CommandError(
                    f"{still:,} values are still sealed with an old key: run `timpora vault rotate` first."
                )
            with book.writing():
                for generation in old:
                    book.record("vault.retired", by=book.SYSTEM, subject=f"vault:{generation}")
                safe.drop_keys(old)
        self.stdout.write(
            f"Removed: key {', '.join(map(str, old))}. Backups of DATA from before the rotation open only "
            "with the copy of the key file from then."
        )

    def _let_settle(self) -> None:
        wait = settings.VAULT_KEYS.stat().st_mtime + SETTLED - time.time()
        if wait > 0:
            self.stdout.write(f"Waiting {wait:.0f} s for requests that still know the old key …")
            time.sleep(wait)


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
            raise CommandError("Another `timpora vault` is at work: let it finish.") from None
        yield
    finally:
        os.close(folder)
