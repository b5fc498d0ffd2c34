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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.address import address
from timpora.areas import office_file
from timpora.desk.sealed import NumbersWait, said
from timpora.desk.setup import installing
from timpora.desk.setup.installing import Slip, Step
from timpora.ledger.refusal import Refusal
from timpora.vault import VaultError

SIGNS = {
    "there": gettext_lazy("is there"),
    "made": gettext_lazy("done now"),
    "missing": gettext_lazy("missing"),
}


class Command(BaseCommand):
    """The command line of the first day."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every question has its option, so that a script answers them all."""
        parser.description = _(
            "The first day: tables, vault key, areas, agencies, operator and, if you like, the office."
        )
        say = parser.add_argument
        say("--operator", default=os.environ.get("OPERATOR", ""), metavar="NAME",
            help=_("user name of the first operator (OPERATOR; default: operator)"))  # fmt: skip
        say(
            "--secret-from-stdin",
            action="store_true",
            help=_("the operator's password is stdin's first line"),
        )
        say(
            "--new-slip",
            action="store_true",
            help=_("a new one-time code for the operator; the old one ends"),
        )
        say("--office-file", default=os.environ.get("OFFICE_FILE", ""), metavar="FILE",
            help=_("JSON with the office, as areas/data/offices.json (OFFICE_FILE)"))  # fmt: skip
        say("--office-code", default=os.environ.get("OFFICE_CODE", ""), metavar="CODE",
            help=_("which office of that file, or of those that come along (OFFICE_CODE)"))  # fmt: skip
        say("--no-input", action="store_true", help=_("ask nothing: defaults stand where no option is given"))

    def handle(self, *args: Any, **options: Any) -> None:
        """All steps in order; what one refuses is one line, and what was done before stays done."""
        if not settings.DEMO and (settings.DATA / "demo").exists():
            sentence = _("%(data)s holds the demo: let DATA name an empty folder.")
            raise CommandError(sentence % {"data": settings.DATA})
        try:
            self._run(options)
        except (VaultError, NumbersWait) as fault:
            raise CommandError(said(fault)) from fault
        except (Refusal, office_file.BrokenFile) as fault:
            raise CommandError(str(fault)) from fault

    def _run(self, options: dict[str, Any]) -> None:
        asks = not options["no_input"] and not options["secret_from_stdin"] and sys.stdin.isatty()
        secret = sys.stdin.readline().rstrip("\r\n") if options["secret_from_stdin"] else ""
        if options["secret_from_stdin"] and not secret:
            raise CommandError(_("There is no password on stdin."))
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
            name = name or ask(_("User name of the operator [operator]: "))
            question = _("Password, at least ten characters (empty: a one-time code): ")
            secret = ask(question, getpass.getpass)
        step, slip = installing.operator(name or "operator", secret)
        self._say(step)
        if options["new_slip"] and not slip:
            present = installing.operators()
            chosen = [user for user in present if name in ("", user.username)]
            if len(chosen) != 1:
                names = " | ".join(user.username for user in present)
                raise CommandError(_("Name the operator: %(names)s") % {"names": f"--operator {names}"})
            slip = installing.slip(chosen[0])
        return slip

    def _office(self, options: dict[str, Any], asks: bool) -> Step:
        file, code = options["office_file"], options["office_code"]
        step = installing.office(file, code)
        if asks and step.state == "missing":
            ours = ", ".join(str(row["code"]) for row in office_file.read(office_file.OURS))
            question = _("Office: %(ours)s, an office file, or empty to open it in the browser: ")
            typed = ask(question % {"ours": ours})
            step = installing.office("", typed) if typed in ours.split(", ") else installing.office(typed, "")
        self._say(step)
        return step

    def _say(self, step: Step) -> None:
        sign, what = (
            f"{words[key]!s:<{max(len(str(each)) for each in words.values())}}"
            for words, key in ((SIGNS, step.state), (installing.WHAT, step.what))
        )
        self.stdout.write(f"{sign}  {what}  {step.says}")
        self.stdout.flush()

    def _print(self, slip: Slip) -> None:
        rows = {
            _("user name"): slip.username,
            _("one-time code"): slip.code,
            _("valid until"): slip.until,
            _("page"): address(reverse("team:join")),
        }
        width = max(map(len, rows))
        lines = (f"    {label:<{width}}  {value}" for label, value in rows.items())
        head = _("Slip for the first sign-in: hand it over, it is shown only now")
        self.stdout.write("\n".join(("", f"  {head}", *lines)))

    def _next(self, office: Step) -> None:
        missing = office.state == "missing"
        todo = (
            _("Next: timpora start, sign in as the operator, open the office and settle the rest at")
            if missing
            else _("Next: timpora start, sign in as the operator, and settle the rest at")
        )
        self.stdout.write(f"\n{todo}\n  {address(reverse('desk:setup'))}")


def ask(question: str, read: Callable[[str], str] = input) -> str:
    """What was typed; empty at the end of the input."""
    try:
        return read(question).strip()
    except EOFError:
        return ""
