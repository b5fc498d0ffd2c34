"""Installations that take long to make: made by the first process that asks, copied by each who needs one.

All processes of a run share them (TESTS_SHARED names the folder); nobody runs anything in the shared folders.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.running import Installation

# A demo listens on this machine only, whatever these say (test_start.py looks).
OPEN_TO_ALL = {"HOST": "0.0.0.0", "GRANIAN_HOST": "0.0.0.0", "ALLOWED_HOSTS": "*"}

# Compressing all static files takes a start two seconds; a demo and `timpora init` begin without them.
COLLECT = "import django; django.setup()\nfrom timpora import serve\nserve.collect_static()\n"


def tables() -> Path:
    """The folder of an installation with empty tables, a vault key and its static files collected."""
    return _once("tables", _make_tables)


def areas() -> Path:
    """The same with all areas of the country."""
    return _once("areas", _make_areas)


def demo() -> Path:
    """The folder of a `timpora demo` that has been stopped, made where an earlier one was interrupted.

    What it said is in the file log-0.
    """
    return _once("demo", _make_demo)


def copy(folder: Path, to: Path) -> Installation:
    """An installation of one's own that begins as a prepared one."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return Installation(to)


def _once(name: str, make: Callable[[Installation], None]) -> Path:
    shared = Path(os.environ["TESTS_SHARED"])
    shared.mkdir(exist_ok=True)
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait here until it is there
        if not folder.exists():
            half_made = Installation(Path(tempfile.mkdtemp(dir=shared)))
            make(half_made)
            half_made.folder.rename(folder)
    return folder


def _make_tables(made: Installation) -> None:
    made.run("migrate", "--verbosity", "0")
    made.make_vault()
    environment = made.all_environment() | {"DJANGO_SETTINGS_MODULE": "timpora.settings"}
    subprocess.run([made.words()[0], "-c", COLLECT], env=environment, check=True, timeout=500)


def _make_areas(made: Installation) -> None:
    copy(tables(), made.folder).run("areas", "load")


def _make_demo(made: Installation) -> None:
    made.environment |= OPEN_TO_ALL
    made.data.mkdir()
    (made.data / "timpora.sqlite3").write_bytes(b"")
    (made.data / "demo").write_text("begun\n")
    assert made.start("demo").stop() == 0
