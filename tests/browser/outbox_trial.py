"""Three phones of one village over a line that loses a third of what passes; web processes are killed.

For the tests a few reports, for `make bench` a thousand. Each phone writes by the page's own `keep` and
presses "send now" until nothing waits, as somebody impatient does; what arrived is counted in the database.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, expect

from tests.line import Line
from tests.running import Running
from timpora.desk.world.accounts import PASSWORD

PHONES = 3
REST = 6.0  # seconds: a process killed again within 5.5 of its start is taken for one that can't run
LOST = 1 / 3  # of the requests, and of the answers
SYLLABLES = (
    "ba",
    "tu",
    "ger",
    "el",
    "nar",
    "an",
    "zul",
    "od",
    "khu",
    "lan",
    "mö",
    "sar",
    "den",
    "gal",
    "oyu",
    "che",
)
# The page's own modules: the same instances that it works with.
MODULES = """() => ['outbox', 'store'].map((name) => performance.getEntriesByType('resource')
  .map((each) => each.name).find((each) => each.includes(`/pocket/${name}.`)))"""
WRITE = """async ([[outbox, store], all]) => {
  const [{ keep }, { all: rows }] = [await import(outbox), await import(store)];
  const [person] = await rows('people');
  for (const fields of all) {
    await keep(person, { kind: 'report', fields, about: {}, seen: {}, title: fields[1][1] });
  }
}"""
SEND = """async ([outbox]) => {
  const { pause, send } = await import(outbox);
  window.sending = (async () => {
    while ((await pause()) !== null) {
      await send({ force: true });
      await new Promise((done) => setTimeout(done, 200));
    }
    window.sent = true;
  })();
  return true;
}"""
SEND_NOW = """() => {
  location.hash = '#new';
  const form = document.querySelector('form[data-kind=report]');
  const said = { names: 'Solongo Batbayar', nationality: 'Mongolia (MNG)', address: 'RT 02/RW 01' };
  for (const [name, value] of Object.entries(said)) form.elements[name].value = value;
  for (const name of ['kind', 'sex']) form.querySelector(`[name=${name}]`).checked = true;
  form.requestSubmit();
}"""
HELD = """async ([, store]) => {
  const { all } = await import(store);
  const [items, receipts] = [await all('items'), await all('receipts')];
  return [items.map((each) => `${each.state} ${each.reason}`), receipts.map((each) => each.number)];
}"""
# In a process of its own: what the database holds is asked past the server.
COUNT = """import json, sys
import django
django.setup()
from timpora.reports.models import Report
since = int(sys.argv[1])
reports = Report.objects.filter(pk__gt=since)
sent = [str(each) for each in reports.values_list("sent_id", flat=True)]
last = max(reports.values_list("pk", flat=True), default=since)
print(json.dumps({"last": last, "sent": sent}))
"""


def trial(contexts: Any, running: Running, reports: int, *, kills: int, seed: int = 7) -> dict[str, Any]:
    """What became of so many reports, and what the line and the server went through."""
    chance = Random(seed)
    line = Line(running.installation.port, chance=Random(seed))
    before = _counted(running, 0)
    phones = [
        _prepared(contexts(viewport={"width": 360, "height": 740}).new_page(), line.url)
        for _each in range(PHONES)
    ]
    line.requests = line.answers = LOST
    line.passed = line.lost = 0
    began = time.monotonic()
    for place, page in enumerate(phones):
        said = [_report(chance) for _each in range(place, reports, PHONES)]
        page.evaluate(WRITE, [page.evaluate(MODULES), said])
        page.evaluate(SEND, page.evaluate(MODULES))
    killed = _until_sent(phones, running, chance, kills)
    seconds = time.monotonic() - began
    line.requests = line.answers = 0.0
    found = [page.evaluate(HELD, page.evaluate(MODULES)) for page in phones]
    line.close()
    after = _counted(running, before["last"])
    return _figures(reports, found, after) | {
        "phones": PHONES, "exchanges": line.passed + line.lost, "broken": line.lost, "kills": killed,
        "seconds": round(seconds, 1),
    }  # fmt: skip


def _figures(reports: int, found: Sequence[Any], after: dict[str, Any]) -> dict[str, Any]:
    sent = after["sent"]
    receipts = {number for _items, numbers in found for number in numbers}
    stuck = [words for items, _numbers in found for words in items]
    return {
        "reports": reports, "stored": len(sent), "accepted": len(receipts & set(sent)), "stuck": stuck,
        "lost": reports - len(set(sent)), "doubled": len(sent) - len(set(sent)),
    }  # fmt: skip


def signed_in(page: Page, url: str, account: str = "desa") -> Page:
    """The page of an account of the demo, signed in."""
    page.goto(f"{url}/sign-in/")
    page.locator("main input[name=login]:visible").first.fill(account)
    password = page.locator("main input[name=password]:visible").first
    password.fill(PASSWORD)
    password.press("Enter")
    page.wait_for_url(f"{url}/")
    return page


def _prepared(page: Page, url: str) -> Page:
    signed_in(page, url).goto(f"{url}/pocket/")
    page.locator("#prepare_secret").fill(PASSWORD)
    page.locator("[data-prepare] button").click()
    expect(page.locator("[data-panel=home]")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-as-of]")).to_contain_text("kB", timeout=60_000)
    return page


def _report(chance: Random) -> list[tuple[str, str]]:
    """The fields of a report of somebody invented."""
    name = " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _each in range(3))
    return [
        ("kind", "present"), ("names", name), ("nationality", "Mongolia (MNG)"), ("sex", chance.choice("FM")),
        ("birth_date_day", str(chance.randint(1, 28))), ("birth_date_month", str(chance.randint(1, 12))),
        ("birth_date_year", str(chance.randint(1950, 2004))), ("address", f"RT 0{chance.randint(1, 9)}"),
    ]  # fmt: skip


def _until_sent(phones: Sequence[Page], running: Running, chance: Random, kills: int) -> int:
    """Kills web processes at any moment until nothing waits on any phone; how many it killed."""
    killed, next_at = 0, time.monotonic() + chance.uniform(0.0, 2.0)
    while not all(page.evaluate("window.sent === true") for page in phones):
        phones[0].wait_for_timeout(200)
        if killed < kills and time.monotonic() > next_at and (processes := _web_processes(running)):
            os.kill(chance.choice(processes), signal.SIGKILL)
            killed, next_at = killed + 1, time.monotonic() + REST * chance.uniform(1.0, 1.5)
    return killed


def _web_processes(running: Running) -> list[int]:
    """The processes that answer requests: the children of the web server, which starts them again."""
    servers = [each for each in _children(running.process.pid) if b"granian" in _words(each)]
    return [each for server in servers for each in _children(server) if b"granian" in _words(each)]


def _children(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _words(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _counted(running: Running, since: int) -> dict[str, Any]:
    environment = running.installation.all_environment() | {"DJANGO_SETTINGS_MODULE": "timpora.settings"}
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(since)], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]
