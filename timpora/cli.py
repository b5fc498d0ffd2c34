"""The `timpora` command: its own commands first, then all of Django's under the same name."""

import gc
import os
import sys
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from timpora import __version__
from timpora.language import gettext as _
from timpora.language import of_the_environment

N_ = str  # marks a msgid for extraction

# name → (module:function, what it does). Each function takes the remaining words and returns an exit code.
COMMANDS = {
    "start": ("timpora.serve:start", N_("runs the web server and the background worker together")),
    "demo": ("timpora.demo:main", N_("the same with an invented world to try, on this machine only")),
    "worker": ("timpora.worker:main", N_("runs the background worker alone (a second machine, PostgreSQL)")),
    "doctor": ("timpora.doctor:main", N_("says what is wrong with this installation and what to do")),
}

# What makes the database, says itself that there is none, or asks it nothing.
WITHOUT_DATABASE = {
    "init", "demo", "migrate", "start", "doctor", "vault", "check", "help", "shell", "makemigrations",
    "diffsettings", "link", "dedupe",
}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """The exit code of one command: 0 done, 1 it could not be, 2 it was asked wrongly.

    What an operator can mend (database locked, full, missing; a setting) ends in one line, not a traceback.
    """
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.settings")
    if words[:1] == ["demo"]:
        os.environ["DEMO"] = "1"
    try:
        return run(words)
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as fault:
        # Only here, where the settings were read or have failed: the module needs Django.
        from timpora.faults import explained

        line = explained(fault)
        if line is None:
            raise
        print(f"timpora: {line}", file=sys.stderr)
        return 1


def run(words: list[str]) -> int:
    """The exit code of the command that `words` name."""
    if words[:1] == ["--version"]:
        print(f"timpora {__version__}")
        return 0
    if not {"--help", "-h"} & set(words) and words[:1] and words[0] not in WITHOUT_DATABASE:
        from timpora.datafolder import check_database

        check_database()
    set_up()
    if not words or words in (["help"], ["--help"], ["-h"]):
        print(overview())
        return 0
    name, rest = words[0], words[1:]
    if name in COMMANDS:
        if {"--help", "-h"} & set(rest):
            print(f"timpora {name}: {_(COMMANDS[name][1])}")
            return 0
        return command(name)(rest)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["timpora", *(["help"] if words == ["help", "--all"] else words)])
    return 0


def set_up() -> None:
    """Django with our settings, in the operator's language. A value of the wrong kind is said as such."""
    # All that is loaded here lasts: looking for garbage in it, again and again, is a fifth of a start.
    gc.disable()
    import django
    from django.utils import translation

    try:
        django.setup()
        gc.freeze()
    except ValueError as fault:
        said = _("A setting in the environment has a wrong value (%(fault)s): see docs/operating.md.")
        raise ImproperlyConfigured(said % {"fault": fault}) from None
    finally:
        gc.enable()
    translation.activate(of_the_environment())


def command(name: str) -> Callable[[list[str]], int]:
    """The function behind one of our own commands."""
    from django.utils.module_loading import import_string

    function: Callable[[list[str]], int] = import_string(COMMANDS[name][0].replace(":", "."))
    return function


def overview() -> str:
    """What `timpora help` shows: our commands, one a line, and where the others are."""
    from django.core.management import get_commands, load_command_class

    ours = {name: _(words) for name, (_function, words) in COMMANDS.items()}
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith("timpora."):
            parser = load_command_class(app, name).create_parser("timpora", name)
            said = (parser.description or "").rstrip(".")
            ours[name] = said[:1].lower() + said[1:]
    # Django's own, but of daily use here.
    ours["migrate"] = _("brings the database's tables up to this version")
    width = max(map(len, ours))
    lines = [f"  {name:<{width}}  {help_}" for name, help_ in ours.items()]
    return "\n".join(
        [
            _("timpora COMMAND [--help]"),
            "",
            *lines,
            "",
            _("DATA names the data folder for every command; docs/operating.md has all settings."),
            _("`timpora help --all` lists Django's commands too."),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
