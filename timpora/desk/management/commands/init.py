"""`timpora init`: makes an empty machine ready for the first sign-in; a second run says what is there."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from timpora.areas import office_file
from timpora.desk.sealed import NumbersWait
from timpora.desk.setup import installing
from timpora.desk.setup.address import address
from timpora.desk.setup.installing import Slip, Step
from timpora.ledger.refusal import Refusal
from timpora.registry.vault import VaultError

SIGNS = {"there": "is there", "made": "done now", "missing": "missing "}


class Command(BaseCommand):
    """The command line of the first day."""

    help = "The first day: tables, vault key, areas, agencies, operator and, if you like, the office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every question has its option, so that a script answers them all."""
        say = parser.add_argument
        say("--operator", default=os.environ.get("OPERATOR", ""), metavar="NAME",
            help="user name of the first operator (OPERATOR; default: operator)")  # fmt: skip
        say("--secret-from-stdin", action="store_true", help="the operator's password is stdin's first line")
        say("--new-slip", action="store_true", help="a new one-time code for the operator; the old one ends")
        say("--office-file", default=os.environ.get("OFFICE_FILE", ""), metavar="FILE",
            help="JSON with the office, as areas/data/offices.json (OFFICE_FILE)")  # fmt: skip
        say("--office-code", default=os.environ.get("OFFICE_CODE", ""), metavar="CODE",
            help="which office of that file, or of those that come along (OFFICE_CODE)")  # fmt: skip
        say("--no-input", action="store_true", help="ask nothing: defaults stand where no option is given")

    def handle(self, *args: Any, **options: Any) -> None:
        """All steps in order; what one refuses is one line, and what was done before stays done."""
        if not settings.DEMO and (settings.DATA / "demo").exists():
            raise CommandError(f"{settings.DATA} holds the demo: let DATA name an empty folder.")
        # Like all of the command line; the pages speak the reader's language.
        with translation.override("en"):
            try:
                self._run(options)
            except (Refusal, VaultError, NumbersWait, office_file.BrokenFile) as fault:
                raise CommandError(str(fault)) from fault

    def _run(self, options: dict[str, Any]) -> None:
        asks = not options["no_input"] and not options["secret_from_stdin"] and sys.stdin.isatty()
        secret = sys.stdin.readline().rstrip("\r\n") if options["secret_from_stdin"] else ""
        if options["secret_from_stdin"] and not secret:
            raise CommandError("There is no password on stdin.")
        for step in (installing.tables, installing.key, installing.areas, installing.agencies):
            self._say(step())
        # The operator comes last: a code that is shown only once must not be lost to a later refusal.
        office = self._office(options, asks)
        slip = self._operator(options, secret, asks)
        if slip:
            self._print(slip)
        self._next(office)

    def _operator(self, options: dict[str, Any], secret: str, asks: bool) -> Slip | None:
        name = options["operator"]
        if asks and not installing.operators():
            name = name or ask("User name of the operator [operator]: ")
            secret = ask("Password, at least ten characters (empty: a one-time code): ", getpass.getpass)
        step, slip = installing.operator(name or "operator", secret)
        self._say(step)
        if options["new_slip"] and not slip:
            present = installing.operators()
            chosen = [user for user in present if name in ("", user.username)]
            if len(chosen) != 1:
                raise CommandError("Name the operator: --operator " + " | ".join(u.username for u in present))
            slip = installing.slip(chosen[0])
        return slip

    def _office(self, options: dict[str, Any], asks: bool) -> Step:
        file, code = options["office_file"], options["office_code"]
        step = installing.office(file, code)
        if asks and step.state == "missing":
            ours = ", ".join(str(row["code"]) for row in office_file.read(office_file.OURS))
            said = ask(f"Office: {ours}, an office file, or empty to open it in the browser: ")
            step = installing.office("", said) if said in ours.split(", ") else installing.office(said, "")
        self._say(step)
        return step

    def _say(self, step: Step) -> None:
        self.stdout.write(f"{SIGNS[step.state]}  {step.what:<10} {step.says}")
        self.stdout.flush()

    def _print(self, slip: Slip) -> None:
        self.stdout.write(
            "\n  Slip for the first sign-in: hand it over, it is shown only now"
            f"\n    user name      {slip.username}"
            f"\n    one-time code  {slip.code}"
            f"\n    valid until    {slip.until}"
            f"\n    at             {address(reverse('team:join'))}"
        )

    def _next(self, office: Step) -> None:
        todo = "open the office and settle the rest" if office.state == "missing" else "settle the rest"
        self.stdout.write(
            f"\nNext: timpora start, sign in as the operator, and {todo} at"
            f"\n  {address(reverse('desk:setup'))}"
        )


def ask(question: str, read: Callable[[str], str] = input) -> str:
    """What was typed; empty at the end of the input."""
    try:
        return read(question).strip()
    except EOFError:
        return ""
