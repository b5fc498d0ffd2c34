"""How 200 pictures of zones end in Chromium: right, asked about, refused or silently wrong, and how fast.

`python -m bench.mrz.measure 500 700` measures the pictures of other seeds, for whoever changes the reader.
"""

from __future__ import annotations

import base64
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from bench.mrz import strips
from bench.mrz.strips import Strip
from tests import chromium
from timpora.registry import nations

STATIC = Path(__file__).resolve().parents[2] / "timpora" / "static"
SEEDS = range(200)  # of those no training sees: train.FIRST and above
TODAY = date(2026, 11, 24)
FEW = 2  # marked characters that are little to ask
READ = """async ([picture, states]) => {
  const { greyOf } = await import("/mrz-engine/picture.js");
  const { zoneIn } = await import("/mrz-engine/engine.js");
  const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
  const start = performance.now();
  const { grey, width, height } = await greyOf(new Blob([bytes], { type: "image/jpeg" }));
  const found = zoneIn(grey, width, height, states);
  const ms = performance.now() - start;
  if (!found) return { ms };
  const { text, marks, doubt, mean, sure } = found;
  return { ms, text, marks, doubt, mean, sure, format: found.form.name };
}"""
# What a report takes from the lines.
USED = ("issuing_state", "document_number", "nationality", "date_of_birth", "sex", "date_of_expiry", "names")


@dataclass(frozen=True)
class Ending:
    """How one picture ended: "right", "asked", "refused" or "wrong", and how many characters were marked."""

    seed: int
    how: str
    marks: int
    ms: float
    said: dict[str, Any]


def endings(seeds: range, *, slower: int = 1) -> Iterator[Ending]:
    """How each picture ends, in a browser whose processor is `slower` times slower."""
    states = nations.codes()
    with page() as (opened, session):
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        for seed in seeds:
            strip = strips.strip(seed)
            said = opened.evaluate(READ, [base64.b64encode(strip.jpeg).decode(), states])
            yield _ended(seed, strip, said)


def _ended(seed: int, strip: Strip, said: dict[str, Any]) -> Ending:
    ms = float(said["ms"])
    if not said.get("sure"):
        return Ending(seed, "refused", 0, ms, said)
    form = strips.FORMATS[said["format"]]
    used = {place for field in USED for place in range(*form.spans[field])}
    marked = {place for place, _others in said["marks"] if place in used}
    true = "".join(strip.lines)
    if said["format"] != strip.format or len(said["text"]) != len(true):
        return Ending(seed, "wrong", len(marked), ms, said)
    wrong = {at for at in used if said["text"][at] != true[at]}
    if wrong - marked:
        return Ending(seed, "wrong", len(marked), ms, said)
    return Ending(seed, "asked" if marked else "right", len(marked), ms, said)


@contextmanager
def page() -> Iterator[tuple[Page, Any]]:
    """A page that serves our static files to itself, and its line to the browser."""

    def serve(route: Route) -> None:
        name = route.request.url.partition("//")[2].partition("/")[2]
        kind = "text/javascript" if name.endswith(".js") else "text/html"
        route.fulfill(
            body=(STATIC / name).read_text() if name else "<!doctype html><title>T</title>", content_type=kind
        )

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        opened = browser.new_page()
        opened.route("**/*", serve)
        opened.goto("http://mrz.invalid/")
        yield opened, opened.context.new_cdp_session(opened)
        browser.close()


def main() -> None:
    first, last = (int(each) for each in sys.argv[1:3]) if len(sys.argv) > 2 else (0, 200)
    tally: Counter[str] = Counter()
    few = 0
    for each in endings(range(first, last)):
        tally[each.how] += 1
        few += each.how in ("right", "asked") and each.marks <= FEW
        print(
            each.seed,
            each.how,
            each.marks,
            round(each.ms),
            {k: v for k, v in each.said.items() if k in ("doubt", "mean")},
        )
        if each.how == "wrong":
            strip = strips.strip(each.seed)
            width = len(strip.lines[0])
            said = each.said["text"]
            print("\n".join([*strip.lines, *(said[at : at + width] for at in range(0, len(said), width))]))
            print(each.said["marks"])
    print(dict(tally), "at most two marks:", few)


if __name__ == "__main__":
    main()
