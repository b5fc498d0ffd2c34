"""The week of an office that begins: what its steps share."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.browser import device
from tests.browser.device import COMPUTER, PHONE, Device
from tests.browser.inspection import Inspection
from tests.browser.week.office import KABUPATEN, KECAMATAN, OFFICE, VILLAGE
from tests.graph_server import Graph
from tests.line import Line
from tests.running import Installation, Running

PLACES = (VILLAGE, KECAMATAN, KABUPATEN, OFFICE, "33", "ID")
WAITING = re.compile(r"(\d+) laporan (?:masih )?menunggu")
VISITORS = re.compile(r"Pengunjung: (\d+)")


class Figures(NamedTuple):
    people: int
    waiting: int
    visitors: int = 0


@dataclass
class Week:
    """The installation, the devices and the slips; `figures` are those of the last `count`.

    `line` is a bad way to the server, `graph` what the provider of WhatsApp is to it.
    """

    installation: Installation
    contexts: Any
    inspection: Inspection
    line: Line
    graph: Graph
    started: Running | None = None
    devices: dict[str, Device] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    code: str = ""
    first_return: str = ""  # where the village's first one stands
    figures: dict[str, Figures] = field(default_factory=dict)

    @property
    def url(self) -> str:
        assert self.started
        return self.started.url

    def phone(self, who: str, **options: Any) -> Device:
        """The phone of somebody, the same one in every step."""
        return self._device(who, **{"viewport": PHONE, **options})

    def computer(self, who: str, **options: Any) -> Device:
        return self._device(who, viewport=COMPUTER, **options)

    def _device(self, who: str, *, url: str = "", **options: Any) -> Device:
        if who not in self.devices:
            # Without scripts axe cannot run either; the same pages are looked at on the other devices.
            inspection = self.inspection if options.get("java_script_enabled", True) else None
            self.devices[who] = device.made(self.contexts, url or self.url, inspection, **options)
        return self.devices[who]

    def join(self, hands: Device, name: str, secret: str) -> Device:
        """Opens the link that a slip's square holds, and chooses a secret."""
        hands.open(f"/join/{self.slips[name].replace('-', '')}/")
        label = "New PIN" if secret.isdigit() else "New password"
        hands.write(label, secret).write("The same once more", secret).press("Save and sign in")
        self.secrets[name] = secret
        return hands

    def keep_slips(self, hands: Device) -> int:
        """Puts the slips on the screen into people's pockets; how many there were."""
        for slip in hands.page.locator("ul.slips > li").all():
            name = slip.locator(".slip-way p b").inner_text()
            self.slips[name] = slip.locator(".slip-code").inner_text().strip()
        return hands.page.locator("ul.slips > li").count()

    def count(self, places: tuple[str, ...] = PLACES) -> dict[str, Figures]:
        """The six places' figures, as their pages show them to the office's reader."""
        reader = self.devices["office"]
        found = {}
        for code in places:
            people = reader.open(f"/counts/{code}/").number
            waiting = WAITING.search(reader.page.locator(".number-sentence").inner_text())
            visitors = VISITORS.search(reader.page.locator("div.proof").inner_text())
            assert visitors
            found[code] = Figures(people, int(waiting[1]) if waiting else 0, int(visitors[1]))
        return found

    def count_by_command(self) -> dict[str, Figures]:
        """The same, as the command line counts them on the server's own authority."""
        with ThreadPoolExecutor(2) as threads:
            said = list(threads.map(self._said, ("ID", OFFICE, KECAMATAN)))
        rows = {row["code"]: row for answer in said for row in (answer, *answer["below"])}
        return {code: Figures(*(rows[code][name] for name in Figures._fields)) for code in PLACES}

    def _said(self, code: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.installation.run("counts", code, "--json").stdout)
        return answer

    def rise(self, *, people: int, waiting: int, visitors: int = 0, places: tuple[str, ...] = PLACES) -> None:
        """Fails unless each place's figures have changed by just so much since the last time."""
        before, self.figures = self.figures, self.count(tuple(self.figures))
        rise = Figures(people, waiting, visitors)
        expected = {code: Figures(*map(sum, zip(before[code], rise, strict=True))) for code in places}
        assert {code: self.figures[code] for code in places} == expected
