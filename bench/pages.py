"""How heavy and how quick pages are: transferred bytes in Chromium, and Lighthouse where LIGHTHOUSE names it.

Lighthouse comes from npm (`npm install lighthouse`); it is no part of the project's set-up.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.browser.outbox_trial import signed_in
from tests.running import Installation

# name → account, path
PAGES = {
    "sign-in": ("", "/sign-in/"),
    "home of a village": ("desa", "/"),
    "report form": ("desa", "/reports/new/"),
    "queue": ("kecamatan", "/reports/waiting/"),
    "counts of a kabupaten": ("imigrasi", "/counts/33.19/"),
}


def measure() -> list[dict[str, Any]]:
    """A row a page: kilobytes of the first and of a later load, Lighthouse's scores where it is there."""
    with tempfile.TemporaryDirectory(prefix="timpora-bench-") as folder:
        installation = Installation(Path(folder), environment={"DEMO": "1"})
        try:
            running = installation.start("demo")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
                rows = [_row(browser, running.url, name, who, path) for name, (who, path) in PAGES.items()]
                browser.close()
        finally:
            installation.stop()
    return rows


def _row(browser: Any, address: str, name: str, account: str, path: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    if account:
        signed_in(page, address, account)
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in context.cookies())
    first, later = _bytes(page, address + path, cached=False), _bytes(page, address + path, cached=True)
    context.close()
    scores = _lighthouse(address + path, cookies)
    return {"page": name, "first_kb": first / 1024, "later_kb": later / 1024, **scores}


def _bytes(page: Page, url: str, *, cached: bool) -> int:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": not cached})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    session.detach()
    return sum(sizes)


def _lighthouse(url: str, cookies: str) -> dict[str, Any]:
    program = os.environ.get("LIGHTHOUSE")
    if not program:
        return {}
    flags = " ".join(["--headless", *chromium.ARGUMENTS])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as headers:
        json.dump({"Cookie": cookies}, headers)
        headers.flush()
        done = subprocess.run(
            [program, url, "--quiet", "--output=json", f"--chrome-flags={flags}", "--extra-headers",
             headers.name, "--only-categories=performance,accessibility,best-practices"],
            env={**os.environ, "CHROME_PATH": chromium.path() or ""},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    categories = json.loads(done.stdout)["categories"]
    return {name: round(found["score"] * 100) for name, found in categories.items()}


if __name__ == "__main__":
    for each in measure():
        print(json.dumps(each))
