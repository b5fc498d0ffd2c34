"""The `timpora` command: its own commands first, then all of Django's under the same name."""

import os
import sys
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from timpora import __version__

# name → (module:function, what it does). Each function takes the remaining words and returns an exit code.
COMMANDS = {
    "start": ("timpora.serve:start", "run the web server and the background worker together"),
    "demo": ("timpora.demo:main", "the same with an invented world to try, on this machine only"),
    "worker": ("timpora.worker:main", "run the background worker alone (a second machine, PostgreSQL)"),
    "doctor": ("timpora.doctor:main", "say what is wrong with this installation and what to do"),
}


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
    set_up()
    if not words or words in (["help"], ["--help"], ["-h"]):
        print(overview())
        return 0
    name, rest = words[0], words[1:]
    if name in COMMANDS:
        if {"--help", "-h"} & set(rest):
            print(f"timpora {name}: {COMMANDS[name][1]}")
            return 0
        return command(name)(rest)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["timpora", *(["help"] if words == ["help", "--all"] else words)])
    return 0


def set_up() -> None:
    """Django with our settings. A value of the wrong kind in the environment is said as such."""
    import django

    try:
        django.setup()
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"A setting in the environment has a value of the wrong kind ({fault}): see docs/operating.md."
        ) from None


def command(name: str) -> Callable[[list[str]], int]:
    """The function behind one of our own commands."""
    from django.utils.module_loading import import_string

    function: Callable[[list[str]], int] = import_string(COMMANDS[name][0].replace(":", "."))
    return function


def overview() -> str:
    """What `timpora help` shows: our commands, one a line, and where the others are."""
    from django.core.management import get_commands, load_command_class

    ours = {name: help_ for name, (_, help_) in COMMANDS.items()}
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith("timpora."):
            ours[name] = load_command_class(app, name).help.split("\n")[0].strip().rstrip(".")
    # Django's own, but of daily use here.
    ours["migrate"] = "bring the database's tables up to this version"
    width = max(map(len, ours))
    lines = [f"  {name:<{width}}  {help_}" for name, help_ in ours.items()]
    return "\n".join(
        [
            "timpora COMMAND [--help]",
            "",
            *lines,
            "",
            "DATA names the data folder for every command; docs/operating.md has all settings.",
            "`timpora help --all` lists Django's commands too.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
