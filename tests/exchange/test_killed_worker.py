"""A worker that is killed while it takes a list in: the next goes on, no row is lost or taken twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.interrupted import ROWS
from tests.reports.test_simultaneous import own_database

WITHIN = 240.0  # seconds for what takes ten on a quiet machine


class Office:
    """A database and a key file of its own, and the commands that run on it."""

    def __init__(self, folder: Path, url: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ours = {"DATA": str(folder / "data"), "VAULT_KEYS": str(folder / "keys"), "LC_ALL": "en_US.UTF-8",
                "DJANGO_SETTINGS_MODULE": "timpora.settings"}  # fmt: skip
        self.environment = {**kept, **ours, **({"DATABASE_URL": url} if url else {})}
        (folder / "data").mkdir(mode=0o700)
        self.log = (folder / "log").open("wb")

    def run(self, word: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.exchange.interrupted", word], env=self.environment,
            capture_output=True, text=True, check=False, timeout=WITHIN,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def look(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("look"))
        return found

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "timpora.cli", "worker"], env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.mark.django_db
def test_a_killed_worker_loses_no_row_and_the_next_takes_none_twice(tmp_path: Path) -> None:
    office = Office(tmp_path, own_database())
    office.run("prepare")
    with office.worker() as first:
        office.run("begun")
        first.send_signal(signal.SIGKILL)
        assert first.wait(timeout=30) == -signal.SIGKILL
    killed = office.look()
    assert 0 < killed["taken"] < ROWS, "the worker was quicker than the kill"
    assert killed["taken"] == killed["statements"] and killed["matched"] == killed["sure"]  # whole parts
    assert killed["state"] == "taking" and killed["sound"]
    office.run("wait")
    with office.worker():
        office.run("done")
    done = office.look()
    assert done["taken"] == done["statements"] == ROWS and done["matched"] == done["sure"]
    assert done["twice"] == [] and done["sound"]
    next_row = killed["taken"] + 2  # the headings are row 1
    assert done["runs"] == [[2, False], [next_row, True]]
    assert f"it went on at row {next_row} on" in done["page"]
