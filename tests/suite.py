"""`make test` after the checks: every test on SQLite, again on PostgreSQL, and in a browser, side by side.

Each line says whose it is. REQUIRE_ALL=1 makes it a failure when PostgreSQL or the browser had to be left
out, or a test was skipped. JOBS=n gives the rounds on a database n processes each (as many as cores), and the
browser half as many. Words after `python -m tests.suite` go to pytest (a folder, say).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests import chromium, postgres

COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


@dataclass
class Round:
    """One run of pytest; after `run` with its exit code, its failures and the numbers of its last line."""

    name: str
    which: str
    jobs: int
    environment: dict[str, str] = field(default_factory=dict)
    code: int = 0
    fallen: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """A round without a test is a failure."""
        # The long files come first (conftest.py), so that no process works alone at the end.
        order = ["-n", str(self.jobs), "--dist", "loadfile", "--no-loadscope-reorder"]
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *order, "-m", self.which, *sys.argv[1:]],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for line in process.stdout or ():
            print(f"{self.name:<10} {line}", end="", flush=True)
            if line.startswith(("FAILED ", "ERROR ")):
                self.fallen.append(line.rstrip())
            if " in " in line and (found := COUNT.findall(line)):
                self.counts = Counter({word: int(number) for number, word in found})
        self.code = process.wait()


def main() -> int:
    # The rounds share the cores: a process too many only starts, migrates and seats the cast once more.
    jobs = int(os.environ.get("JOBS") or os.cpu_count() or 1)
    half = max(1, jobs // 2)
    rounds, left_out = [Round("SQLite", "not browser", jobs)], []
    with ExitStack() as stack:
        os.environ["TESTS_SHARED"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="timpora-"))
        if chromium.path():
            rounds.append(Round("browser", "browser", half))
        else:
            left_out.append("The browser is left out: no Chromium was found (CHROMIUM names one).")
        if postgres.binaries():
            url = stack.enter_context(postgres.cluster())
            rounds.append(Round("PostgreSQL", "not browser and not sqlite", jobs, {"DATABASE_URL": url}))
        else:
            left_out.append(
                "PostgreSQL is left out: no initdb was found (on Debian: apt install postgresql)."
            )
        with ThreadPoolExecutor(len(rounds)) as threads:
            list(threads.map(Round.run, rounds))
    return verdict(rounds, left_out)


def verdict(rounds: list[Round], left_out: list[str]) -> int:
    """The exit code, after saying what was left out and how many tests did what."""
    counts = sum((each.counts for each in rounds), Counter[str]())
    failed = counts["failed"] + counts["error"] + counts["errors"]
    # Whoever sees only the end of a long output sees what failed.
    for each in rounds:
        for line in each.fallen:
            print(f"{each.name:<10} {line}")
    for line in left_out:
        print(line)
    print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped", flush=True)
    incomplete = bool(left_out or counts["skipped"])
    return int(any(each.code for each in rounds) or (incomplete and bool(os.environ.get("REQUIRE_ALL"))))


if __name__ == "__main__":
    sys.exit(main())
