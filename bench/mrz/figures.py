"""The section of docs/figures.md about pictures of the passport's lines."""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.mrz import measure, strips
from bench.mrz.measure import FEW, SEEDS, STATIC, TODAY, USED, Ending
from timpora.registry.mrz import Unreadable, read

PHONE = 4  # times slower than this machine: what Lighthouse takes for a mid-range phone
TIMED = range(40)


@dataclass(frozen=True)
class Tally:
    """How many pictures ended how."""

    right: int
    asked: int
    refused: int
    wrong: int
    few: int  # right, with at most FEW marks
    ms: float


def lines() -> Iterator[str]:
    """The paragraphs and the table."""
    ours = tally(list(measure.endings(SEEDS)))
    phone = [each.ms for each in measure.endings(TIMED, slower=PHONE)]
    size = sum(len(gzip.compress(part.read_bytes())) for part in (STATIC / "mrz-engine").glob("*.js")) / 1024
    yield f"{len(SEEDS)} pictures of passports', cards' and visas' lines, rendered with Debian's fonts-ocr-b"
    yield "for invented people: aslant, in perspective, blurred, shaken, noisy, glaring, pale, as poor JPEGs"
    yield "(`bench/mrz/strips.py`), with seeds that no training saw. Of what a report takes (names, states,"
    yield "number, dates, sex): *right* without a question; *asked*, where every wrong character is among"
    yield "those that the officer is asked to compare; *refused*, to be photographed again or typed;"
    yield "*silently wrong* otherwise. Aims: silently wrong ≤ 1 %, at least half filled in with at most"
    yield f"{FEW} characters to compare."
    yield ""
    yield "| reader | right | asked | refused | silently wrong | at most two to compare | median ms |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield _row("ours (`static/mrz-engine`)", ours)
    if folder := os.environ.get("TESSERACTJS"):
        yield _row("tesseract.js, English, repaired by `registry/mrz`", tally(list(tesseract(folder))))
    yield ""
    middle, most = statistics.median(phone), max(phone)
    yield f"The reader is fetched on request, once: {size:.0f} KB compressed. With the processor {PHONE}"
    yield f"times slower (a mid-range phone) {len(TIMED)} pictures took {middle:.0f} ms in the median,"
    yield f"{most:.0f} ms at most, from the file to the fields. Aim: under 2 s. Pictures of a font on"
    yield "invented paper are no passports: the officer compares every field with the document."


def tally(found: Sequence[Ending]) -> Tally:
    """The endings counted."""
    count = {how: sum(each.how == how for each in found) for how in ("right", "asked", "refused", "wrong")}
    few = sum(each.how in ("right", "asked") and each.marks <= FEW for each in found)
    return Tally(**count, few=few, ms=statistics.median(each.ms for each in found))


def tesseract(folder: str) -> Iterator[Ending]:
    """How tesseract.js ends, of whose text the lines are found, checked and repaired by our reader."""
    with tempfile.TemporaryDirectory() as temporary:
        files = []
        for seed in SEEDS:
            files.append(Path(temporary) / f"{seed}.jpg")
            files[-1].write_bytes(strips.strip(seed).jpeg)
        program = ["node", Path(__file__).with_name("tesseract.mjs"), folder, *files]
        done = subprocess.run(program, capture_output=True, text=True, check=True)
    for seed, line in zip(SEEDS, done.stdout.splitlines(), strict=True):
        said = json.loads(line)
        yield _read(seed, said["text"], said["ms"])


def _read(seed: int, text: str, ms: float) -> Ending:
    try:
        found = read(text, today=TODAY)
    except Unreadable:
        return Ending(seed, "refused", 0, ms, {})
    if found.faults:
        return Ending(seed, "refused", 0, ms, {})
    strip = strips.strip(seed)
    form = strips.FORMATS[found.format]
    used = {place for field in USED for place in range(*form.spans[field])}
    true, got = "".join(strip.lines), "".join(found.lines)
    marked = {form.spans[mark.field][0] + mark.place for mark in found.unclear if mark.field in USED}
    if found.format != strip.format or {at for at in used if true[at] != got[at]} - marked:
        return Ending(seed, "wrong", len(marked), ms, {})
    return Ending(seed, "asked" if marked else "right", len(marked), ms, {})


def _row(name: str, found: Tally) -> str:
    wrong = f"{found.wrong} ({found.wrong / len(SEEDS):.1%})"
    few = f"{found.few} ({found.few / len(SEEDS):.0%})"
    return f"| {name} | {found.right} | {found.asked} | {found.refused} | {wrong} | {few} | {found.ms:.0f} |"
