"""What becomes of a thousand reports over a bad line, and how usable the pocket is on a slow one.

`python -m bench.outbox 1000` prints both as JSON.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from bench.engines import ENGINES, engine
from tests import chromium
from tests.browser.outbox_trial import SEND_NOW, signed_in, trial
from tests.running import Installation, Running
from timpora.desk.world.accounts import PASSWORD

REPORTS, KILLS = 1000, 20
LATENCY, RATE = 400, 50_000  # milliseconds; bytes a second: 400 kbit/s
SLOWER = 4  # a mid-range phone's processor beside this machine's


def lost(name: str, reports: int = REPORTS) -> dict[str, Any]:
    """What became of so many reports on one engine."""
    with engine(name) as environment, tempfile.TemporaryDirectory(prefix="timpora-bench-") as folder:
        database = {key: environment[key] for key in ("DATABASE_URL",) if key in environment}
        with _demo(Path(folder), database) as running, _browser() as browser:
            return {"engine": name, **trial(browser.new_context, running, reports, kills=KILLS)}


def slow() -> Iterator[dict[str, Any]]:
    """A row a step: seconds until it can be used, and the kilobytes that passed for it."""
    made = tempfile.TemporaryDirectory(prefix="timpora-bench-")
    with made as folder, _demo(Path(folder), {}) as running, _browser() as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        yield from _steps(signed_in(page, running.url), running.url)


def _steps(page: Page, url: str) -> Iterator[dict[str, Any]]:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    passed: list[int] = []
    session.on("Network.loadingFinished", lambda event: passed.append(int(event["encodedDataLength"])))
    conditions = {"latency": LATENCY, "downloadThroughput": RATE, "uploadThroughput": RATE}
    session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def step(name: str, work: Any) -> dict[str, Any]:
        passed.clear()
        began = time.perf_counter()
        work()
        seconds = time.perf_counter() - began
        page.wait_for_timeout(500)  # what is still on its way counts as bytes, not as waiting
        return {"step": name, "seconds": round(seconds, 2), "kb": round(sum(passed) / 1024, 1)}

    door, home = page.locator("[data-prepare] button"), page.locator("[data-panel=home]")

    def first() -> None:
        page.goto(f"{url}/pocket/", wait_until="commit")
        expect(door).to_be_visible(timeout=60_000)

    def prepared() -> None:
        page.locator("#prepare_secret").fill(PASSWORD)
        door.click()
        expect(page.locator("[data-people-number]")).to_have_text(re.compile(r"^\d+$"), timeout=60_000)

    def again() -> None:
        page.goto(f"{url}/pocket/", wait_until="commit")
        expect(page.locator("[data-enter] button")).to_be_visible(timeout=60_000)

    def opened() -> None:
        page.locator("#enter_secret").fill(PASSWORD)
        page.locator("[data-enter] button").click()
        expect(home).to_be_visible(timeout=60_000)

    def sent() -> None:
        page.evaluate(SEND_NOW)
        expect(page.locator("[data-receipts] li")).to_have_count(1, timeout=60_000)

    yield step("the page, for the first time", first)
    yield step("this phone is prepared and the village is on it", prepared)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield step("the page, later", again)
    yield step("opened with the PIN, the list shown", opened)
    yield step("a report, from the tap to its receipt", sent)
    session.send("Network.emulateNetworkConditions", {"offline": True, **conditions})
    page.context.set_offline(True)
    yield step("the page, without network", again)
    page.context.set_offline(False)


@contextmanager
def _demo(folder: Path, environment: dict[str, str]) -> Iterator[Running]:
    installation = Installation(folder, environment={"DEMO": "1", **environment})
    try:
        yield installation.start("demo")
    finally:
        installation.stop()


@contextmanager
def _browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield browser
        browser.close()


if __name__ == "__main__":
    for row in slow():
        print(json.dumps(row), flush=True)
    for engine_name in ENGINES:
        print(json.dumps(lost(engine_name, int(sys.argv[1]))), flush=True)
