"""`make test` after the checks: every test on SQLite, again on PostgreSQL, then in a browser.

REQUIRE_ALL=1 makes it a failure when PostgreSQL or the browser had to be left out, or a test was skipped.
JOBS=n runs n at a time. Words after `python -m tests.suite` go to pytest (a folder, say).
"""

import os
import re
import subprocess
import sys
from collections import Counter

from tests import chromium, postgres

COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)\b")


def main() -> int:
    counts: Counter[str] = Counter()
    left_out = []
    codes = [run("SQLite", ["-m", "not browser"], counts)]
    if postgres.binaries():
        with postgres.cluster() as url:
            codes.append(run("PostgreSQL", ["-m", "not browser and not sqlite"], counts, DATABASE_URL=url))
    else:
        left_out.append("PostgreSQL is left out: no initdb was found (on Debian: apt install postgresql).")
    if chromium.path():
        codes.append(run("browser", ["-m", "browser"], counts))
    else:
        left_out.append("The browser is left out: no Chromium was found (CHROMIUM names one).")
    for line in left_out:
        print(line)
    failed = counts["failed"] + counts["error"] + counts["errors"]
    print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped", flush=True)
    incomplete = bool(left_out or counts["skipped"])
    return int(any(codes) or (incomplete and bool(os.environ.get("REQUIRE_ALL"))))


def run(name: str, words: list[str], counts: Counter[str], **environment: str) -> int:
    """The exit code of one round; its numbers are added to `counts`. A round without a test is a failure."""
    print(f"--- {name}", flush=True)
    jobs = os.environ.get("JOBS") or str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "pytest", "-n", jobs, "--dist", "loadfile", *words, *sys.argv[1:]]
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line if COUNT.search(line) and " in " in line else last
    counts.update({word: int(number) for number, word in COUNT.findall(last)})
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
