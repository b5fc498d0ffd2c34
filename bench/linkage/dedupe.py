"""People who stand twice in one long list: `python -m bench.linkage.dedupe WAY FILE`.

Each way runs in a process of its own, so that time and memory are its own. For both the clock runs from the
file on: reading it and sorting the words of each name are part of the work. The memory is that of the
process itself, without the short-lived ones in which our names are prepared.
"""

from __future__ import annotations

import csv
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from bench.linkage.lists import FIELDS
from bench.linkage.measure import Pairs, Scored, pairwise
from bench.people.invent import people
from bench.people.written import written
from timpora.registry.linkage.columns import Record

TWICE = 0.1  # of the rows speak of somebody who stands there already
HEAD = (*FIELDS, "truth")
EVEN, LEAST = 0.5, -3  # a probability; the bits below which no pair is kept, for memory's sake
WAYS = ("Timpora", "Splink, sorted words")


def write(file: Path, count: int, seed: int) -> None:
    """A list of so many rows in chance order, the number of the person last in each."""
    chance = Random(seed)
    known = people(count - round(count * TWICE), seed=seed)
    again = [chance.choice(known) for _ in range(count - len(known))]
    rows = [(*written(person, chance), str(person.number)) for person in (*known, *again)]
    chance.shuffle(rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEAD, *rows])


def read(file: Path) -> Iterator[Record]:
    """The rows as records."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from (Record(**dict(zip(FIELDS, row, strict=False))) for row in rows)


def truth(file: Path) -> Pairs:
    """The pairs of rows that are one person."""
    at: dict[str, list[int]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            at.setdefault(row["truth"], []).append(number)
    return {pair for rows in at.values() for pair in combinations(rows, 2)}


def compared(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """What each way makes of the same list."""
    with tempfile.TemporaryDirectory(prefix="timpora-bench-") as folder:
        file = Path(folder) / "list.csv"
        write(file, count, seed)
        for way in WAYS:
            yield alone(way, file)


def alone(way: str, file: Path) -> dict[str, Any]:
    """What one way makes of a list, in a process of its own."""
    words = [sys.executable, "-m", "bench.linkage.dedupe", way, str(file)]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def _found(way: str, file: Path) -> tuple[Scored, float]:
    """The pairs, and the seconds it took."""
    from bench.linkage import __main__ as ways  # what it needs is heavy, and only this process pays for it
    from bench.linkage import others

    if way == WAYS[0]:
        begun = time.perf_counter()
        weighed = ways.timpora(read(file), least=LEAST)
        seconds = time.perf_counter() - begun
        return ways.likely(weighed), seconds
    begun = time.perf_counter()
    frame = ways.frame(list(read(file)))
    return others.splink_invented([frame], LEAST), time.perf_counter() - begun


def _most() -> int:
    """Megabytes of this process at most. What getrusage says would count those of the process before it."""
    said = Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1]
    return int(said.split()[0]) // 1024


def main() -> None:
    gc.disable()  # as the command does
    way, file = sys.argv[1], Path(sys.argv[2])
    scored, seconds = _found(way, file)
    megabytes = _most()
    worth = pairwise(scored, truth(file), EVEN)
    said = {"way": way, "precision": worth.precision, "recall": worth.recall,
            "f1": worth.f1, "best": worth.best, "seconds": seconds, "megabytes": megabytes}  # fmt: skip
    print(json.dumps(said))


if __name__ == "__main__":
    main()
