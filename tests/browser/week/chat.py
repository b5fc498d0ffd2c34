"""WhatsApp: the office gets a number, a village officer connects a phone and signs nil by two words."""

from __future__ import annotations

import json
import re
from urllib.request import Request, urlopen

from playwright.sync_api import expect

from tests import graph_server
from tests.browser.week import Week
from tests.browser.week.lodging import GUEST
from tests.browser.week.office import PASSPORT
from tests.browser.week.offline_day import FOUND
from tests.browser.week.posts import PERSON
from tests.browser.week.reporting import RESIDENT
from tests.inbound import deliveries

PERSONAL = (FOUND, GUEST, PERSON, RESIDENT, PASSPORT["Document number"], "Anggota Rekaan", "0812", "RT 0")


def the_operator_gives_the_office_a_whatsapp_number(week: Week) -> None:
    hands = week.computer("operator").open("/").press("WhatsApp")
    hands.sees(
        "This installation has no WhatsApp number. Nothing is missing: everybody is told in Timpora, and by"
        " e-mail where that is set."
    )
    assert week.started and week.started.stop() == 0
    week.installation.environment |= {
        "WHATSAPP_TOKEN": graph_server.TOKEN,
        "WHATSAPP_PHONE_ID": graph_server.PHONE,
        "WHATSAPP_APP_SECRET": graph_server.SECRET,
        "WHATSAPP_VERIFY_TOKEN": graph_server.VERIFY,
        "WHATSAPP_GRAPH": week.graph.address,
        "SITE_ADDRESS": week.url,
    }
    week.started = week.installation.start()
    hands.open("/").press("WhatsApp").sees(week.url + deliveries.URL)
    asked = f"hub.mode=subscribe&hub.challenge=7310&hub.verify_token={graph_server.VERIFY}"
    with urlopen(f"{week.url}{deliveries.URL}?{asked}") as answer:
        assert answer.read() == b"7310"


def a_village_officer_connects_a_whatsapp_by_a_code(week: Week) -> None:
    hands = week.phone("wegil").open("/")
    hands.page.locator("details.who summary").click()
    hands.page.locator("details.who a[href='/notices/']").click()  # it may say how many are unread
    hands.arrived().press("WhatsApp").press("Connect my WhatsApp")
    said = _write(week, hands.page.locator(".one-time").inner_text())
    assert said == hands.words("Your WhatsApp is connected. Write BANTUAN (or HELP) to see what it can do.")
    hands.press("I have sent it")
    expect(hands.page.locator(".notice--sure")).to_be_visible()


def two_words_sign_nil_for_the_village(week: Week) -> None:
    hands = week.phone("wegil").open("/")
    assert hands.number == 0
    asked = _write(week, "nihil")
    assert "Desa Wegil" in asked and hands.words("Is this so? Answer YA (or YES) within 15 minutes.") in asked
    page = re.search(r"https?://\S+/returns/\S+", _write(week, "ya"))
    assert page
    hands.open(page[0])
    expect(hands.page.locator(".badge--nihil")).to_be_visible()
    expect(hands.page.locator("form[action*='nil']")).to_have_count(0)


def nothing_about_anybody_passed_through_the_provider(week: Week) -> None:
    assert len(week.graph.taken) == 3
    passed = json.dumps([week.graph.taken, week.graph.asked], ensure_ascii=False)
    assert [word for word in PERSONAL if word in passed] == []
    hands = week.phone("wegil").open("/notices/whatsapp/").sees("What came from you last")
    assert len(hands.texts("main ul.list li")) == 3
    week.computer("operator").open("/line/").sees("Everything that was sent has arrived or is on its way.")


def _write(week: Week, words: str) -> str:
    """What the officer is answered who writes this, as the provider delivers and is told it."""
    before = len(week.graph.taken)
    raw = json.dumps(deliveries.delivery(deliveries.value(deliveries.text(words)))).encode()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": deliveries.signature(raw)}
    with urlopen(Request(week.url + deliveries.URL, raw, headers)) as answer:
        assert answer.status == 200
    return week.graph.wait_for(before + 1)[-1]
