"""What every visited page must be: sound for axe, silent in the console (no script error, no CSP report)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.chromium import EXPECTED

# Parts that make a page of the same address another one to look at.
PARTS = ".errors, .undo, .notice, .empty, .masked, dialog[open], details.who[open]"
NUMBER = re.compile(r"\d[\d.-]*|(?<=/join/)\w+")


@dataclass
class Inspection:
    """Collects the faults of every page that a test visits; `faults` is empty when all is well."""

    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    axe: Axe = field(default_factory=Axe)

    def watch(self, page: Page) -> None:
        """Notes what the page's console complains of, whatever is done on it from now on."""
        page.on("console", lambda message: self._listen(page, message))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", lambda response: self._answered(page, response))

    def look(self, page: Page, variant: str = "") -> None:
        """Runs axe once for each address (numbers aside), parts on it, and `variant`: whose it is, dark."""
        parts = page.locator(PARTS).evaluate_all("found => found.map(each => each.className || each.tagName)")
        address = urlsplit(page.url)
        # The page without network is several: its panels are told apart behind the "#" alone.
        place = f"{address.path}#{address.fragment}" if address.path == "/pocket/" else address.path
        key = (NUMBER.sub("#", place), variant, *sorted(set(parts)))
        if key in self.seen:
            return
        self.seen.add(key)
        found = self.axe.run(page)
        self.faults += [
            f"{page.url} {variant} {violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    def paths(self) -> set[str]:
        """The addresses looked at, numbers as "#"."""
        return {key[0] for key in self.seen}

    def _listen(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.faults.append(f"{page.url}: {message.text}")

    def _answered(self, page: Page, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")
