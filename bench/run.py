"""`make bench`: measures everything that docs/figures.md claims and writes it there.

`python -m bench.run intake matching` measures those sections anew and leaves the others as they stand. Needs
PostgreSQL's binaries, Chromium and wrk. PEOPLE=200000 makes counts and look-ups shorter, SECONDS=3 the loads.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import intake, outbox, pages, rooms
from bench.engines import ENGINES, engine, program
from bench.linkage import __main__ as matching
from bench.mrz import figures as mrz
from tests import postgres
from tests.browser import outbox_trial

FIGURES = Path(__file__).resolve().parent.parent / "docs" / "figures.md"
SIZES = ("20000", "200000", "2000000")
LOOKED = ("1000000", "5000000")  # the latter on PostgreSQL only
STORM = (
    "runs",
    "messages",
    "deliveries",
    "kills",
    "kept",
    "answered",
    "arrived",
    "lost",
    "doubled",
    "seconds",
)
SENT = ("reports", "stored", "accepted", "lost", "doubled", "exchanges", "broken", "kills", "seconds")
HEAD = """# Figures

What `make bench` measured, client and server on the same machine. Such machines are noisy, and may run at
half their speed for hours: trust the ratios within one section."""


def main() -> None:
    asked = sys.argv[1:] or list(SECTIONS)
    if unknown := set(asked) - set(SECTIONS):
        raise SystemExit(f"No such section: {', '.join(sorted(unknown))}. There are {', '.join(SECTIONS)}.")
    if {"intake", "rooms"} & set(asked) and shutil.which("wrk") is None:
        raise SystemExit("wrk is needed to load the server (on Debian: apt install wrk).")
    for name in asked:
        _keep(name)  # one by one: what was measured stays if the next one fails


def _keep(name: str) -> None:
    """Measures a section and puts it where it stood, or where it belongs."""
    title, measured = SECTIONS[name]
    made = "\n".join([f"## {title}", *_machine(), *measured()]).rstrip()
    text = FIGURES.read_text() if FIGURES.exists() else ""
    kept = {
        part.partition("\n")[0]: part.rstrip() for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    }
    kept[title] = made.removeprefix("## ")
    parts = [kept[each] for each, _measured in SECTIONS.values() if each in kept]
    FIGURES.write_text("\n\n".join([HEAD, *(f"## {part}" for part in parts)]) + "\n")
    print(f"{made}\n\nWritten: docs/{FIGURES.name}")


def _machine() -> Iterator[str]:
    folder = postgres.binaries()
    if folder is None:
        raise SystemExit("PostgreSQL's binaries are needed (on Debian: apt install postgresql).")
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    version = said.stdout.strip().removeprefix("postgres (PostgreSQL) ").partition(" ")[0]
    yield f"Measured on {datetime.now(tz=UTC):%d %B %Y}: {os.cpu_count()} cores, {_processor()}, Python"
    yield f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, PostgreSQL {version}."
    yield ""


def _largest() -> int:
    return int(os.environ.get("PEOPLE", SIZES[-1]))


def _lookups() -> Iterator[str]:
    sizes = [size for size in LOOKED if int(size) <= _largest() * 2.5]
    yield "What a report or a row asks of the registry (`registry/models/decision.py`): candidates by keys,"
    yield "ranked, with their documents and areas, then weighed. Known are a name with one slip, sex and"
    yield "nationality, the birth date right in 80 %, a year in 10 %, absent in 10 %, and no document; three"
    yield "of four are reported where they live. Found: the person is among those compared. Aims: found ≥"
    yield "98 %, look-up p95 ≤ 10 ms of a million on both engines, ≤ 25 ms of five on PostgreSQL."
    yield ""
    yield "| engine | persons | found | proposed | look-up p50 ms | p95 | with weighing p50 | p95 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        for size in sizes[: 1 if name == "SQLite" else None]:
            with engine(name) as environment:
                for row in program("bench.lookup", size, environment=environment):
                    yield (
                        f"| {name} | {row['size']:,} | {row['found']:.1%} | {row['proposed']:.1%} |"
                        f" {row['look-up p50']} | {row['look-up p95']} |"
                        f" {row['with weighing p50']} | {row['with weighing p95']} |"
                    )


def _lists() -> Iterator[str]:
    yield "An XLSX of workers from the upload to the dry run, and from the confirmation to its persons:"
    yield "nobody was known, so each row is compared with those before it. One row in twenty has a fault;"
    yield "named is it with column and remedy. Memory of the process at most, and before the list came."
    yield "Aims for 10,000 rows: dry run ≤ 15 s, ≤ 300 MB, every faulty row named."
    yield ""
    yield "| engine | rows | dry run s | MB | before | faulty | named | taking in s |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        with engine(name) as environment:
            for row in program("bench.lists", "10000", environment=environment):
                yield (
                    f"| {name} | {row['rows']:,} | {row['dry_run']} | {row['megabytes']} | {row['before']} |"
                    f" {row['faulty']} | {row['named']} | {row['taking_in']} |"
                )


def _outbox() -> Iterator[str]:
    yield f"{outbox.REPORTS:,} reports of one village from {outbox_trial.PHONES} phones, in Chromium, over a"
    yield "line that loses a third of the requests and a third of the answers, while web processes are"
    yield "killed. Lost: not stored; doubled: stored more than once. Aims: 0 and 0."
    yield ""
    yield "| engine | reports | stored | with receipt | lost | doubled | exchanges | broken | kills | s |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        row = outbox.lost(name)
        yield f"| {name} | {' | '.join(f'{row[each]:,}' for each in SENT)} |"


def _pocket() -> Iterator[str]:
    speed = f"{outbox.LATENCY} ms and {outbox.RATE * 8 // 1000} kbit/s"
    yield f"The page without network at {speed}, the processor {outbox.SLOWER} times slower (a mid-range"
    yield "phone). Aims: a village's first list ≤ 30 KB, first load ≤ 120 KB."
    yield ""
    yield "| step | seconds | KB |"
    yield "| --- | ---: | ---: |"
    for row in outbox.slow():
        yield f"| {row['step']} | {row['seconds']:.1f} | {row['kb']:.1f} |"


def _line() -> Iterator[str]:
    yield "Runs of 20 rapid messages from three members, delivered by four threads in parcels of up to"
    yield "three, a third of them repeated and all out of order, while the worker is killed once a run; the"
    yield "provider's delivery states come shuffled and doubled. Lost: not kept, not answered or not arrived;"
    yield "doubled: kept, answered or arrived more than once. Aims: 50 runs, 0 lost, 0 doubled."
    yield ""
    yield "| engine | runs | messages | deliveries | kills | kept | answered | arrived | lost | doubled | s |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        with engine(name) as environment:
            for row in program("tests.inbound.storm", "50", environment=environment):
                yield f"| {name} | {' | '.join(f'{row[each]:,}' for each in STORM)} |"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _intake() -> Iterator[str]:
    yield "Through the page's own address: session, CSRF check, mandate, form, identity proposed,"
    yield "ledger entry, durable commit. Beside it a bare Django view that inserts one row on the same"
    yield "engine with the same server. Aims: at least 1/7 of the bare view, 300/s on SQLite and 400/s"
    yield "on PostgreSQL with 16 clients, p99 ≤ 100 ms."
    yield ""
    yield "| engine | clients | reports/s | p50 ms | p99 ms | bare view/s | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        for row in intake.measure(name):
            full, bare = row["full"], row["bare"]
            yield (
                f"| {name} | {row['clients']} | {full['rate']:.0f} | {full['p50']:.1f} | {full['p99']:.1f} |"
                f" {bare['rate']:.0f} | 1/{bare['rate'] / full['rate']:.1f} |"
            )


def _counts() -> Iterator[str]:
    sizes = [size for size in SIZES if int(size) <= _largest()]
    yield "Residents spread over every village of the country. Database time: the statements of one"
    yield "`counts()`, every row fetched, median of 15. Aim: ≤ 5 ms each at two million, flat. Last"
    yield "rows: the same answer without tallies."
    yield ""
    yield "| engine | residents | place | people | statements | database ms | with Python ms |"
    yield "| --- | ---: | --- | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        with engine(name) as environment:
            for row in program("bench.counts", *sizes, environment=environment):
                yield (
                    f"| {name} | {row['size']:,} | {row['code']} | {row['people']:,} | {row['statements']} |"
                    f" {row['database_ms']} | {row['wall_ms']} |"
                )


def _ledger() -> Iterator[str]:
    yield "`timpora ledger verify` over the whole chain, erasable values included. Aim: ≥ 100,000"
    yield "entries/s."
    yield ""
    yield "| engine | entries | entries/s |"
    yield "| --- | ---: | ---: |"
    for name in ENGINES:
        with engine(name) as environment:
            for row in program("bench.ledger", "300000", environment=environment):
                yield f"| {name} | {row['entries']:,} | {row['per_second']:,} |"


def _pages() -> Iterator[str]:
    yield "Transferred kilobytes at 360 px, compressed, in Chromium. Aims: first load ≤ 120, later ≤"
    yield "20. Lighthouse (mobile, throttled) where LIGHTHOUSE names its program: performance,"
    yield "accessibility, best practices."
    yield ""
    yield "| page | first load KB | later load KB | performance | accessibility | best practices |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for row in pages.measure():
        scores = [row.get(name, "–") for name in ("performance", "accessibility", "best-practices")]
        yield (
            f"| {row['page']} | {row['first_kb']:.1f} | {row['later_kb']:.1f} |"
            f" {' | '.join(str(score) for score in scores)} |"
        )


def _rooms() -> Iterator[str]:
    yield f"{rooms.OPEN} rooms open at once, each in a browser of its own that asks each {rooms.EVERY:.0f} s"
    yield "while its page is seen whether anything was written (304, no write). Asked for: what they ask"
    yield f"together; answered: what the server gives at most, to {rooms.CLIENTS} clients; share: of the one"
    yield "in the other. Aims: at most half of the server, p99 ≤ 100 ms, a message everywhere within 3 s."
    yield ""
    yield "| engine | asked for/s | answered/s at most | share | p50 ms | p99 ms |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name in ENGINES:
        row = rooms.measure(name)
        yield (
            f"| {name} | {row['asked']:.0f} | {row['rate']:.0f} | {row['share']:.0%} | {row['p50']:.1f} |"
            f" {row['p99']:.1f} |"
        )


SECTIONS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "intake": ("Submitting reports", _intake),
    "counts": ("Counts at every tier", _counts),
    "ledger": ("Checking the ledger", _ledger),
    "pages": ("Pages", _pages),
    "lists": ("Taking in a list", _lists),
    "rooms": ("Rooms that are open", _rooms),
    "outbox": ("Sending from a phone over a bad line", _outbox),
    "pocket": ("The page without network on a slow line", _pocket),
    "line": ("WhatsApp in a storm", _line),
    "lookups": ("Finding a person again", _lookups),
    "matching": ("Matching people", matching.lines),
    "mrz": ("Reading the passport's lines", mrz.lines),
}

if __name__ == "__main__":
    main()
