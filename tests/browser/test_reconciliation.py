"""Three agencies bring their lists, and one meeting later every difference has a reason (docs/guides)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.device import COMPUTER, PHONE, Device
from tests.running import Running
from timpora.desk.world.lists import HEADINGS, RENEWED

pytestmark = pytest.mark.browser


def send(hands: Device, demo: Running, agency: str) -> str:
    """Brings the agency's list as far as its receipt; the address of the list."""
    hands.open("/lists/new/")
    page = hands.page.locator("main form")
    page.locator("[name=sharing]").select_option(index=1)
    page.locator("[name=area]").select_option("33.19")
    today = hands.page.evaluate("new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)")
    page.locator("[name=as_of]").fill(today)
    hands.choose("What it holds", "The whole list")
    page.locator("[type=file]").set_input_files(demo.installation.data / "lists" / f"{agency}.xlsx")
    hands.press("Look at the columns").press("Show what each row would become")
    address = hands.page.url
    rows = int(hands.number)
    hands.page.locator("form[action$='/commitment/'] button").click()
    hands.arrived().sees("Receipt (PDF)")
    assert int(hands.number) == rows
    return address


def test_three_lists_become_one_with_a_reason_for_every_difference(
    visitor: Callable[..., Device], demo: Running
) -> None:
    addresses = [
        send(visitor(agency, language="en", viewport=screen), demo, agency)
        for agency, screen in zip(HEADINGS, (COMPUTER, PHONE, COMPUTER), strict=True)
    ]
    assert len(set(addresses)) == 3

    kabupaten = visitor("kabupaten", language="en", viewport=PHONE)
    kabupaten.open("/lists/identities/")
    waiting = kabupaten.page.locator("[data-queue] a")
    assert waiting.count() == len(RENEWED)
    for _ in RENEWED:
        waiting.first.click()
        kabupaten.arrived().press("The same person").open("/lists/identities/")
    kabupaten.sees("No row waits for you")

    kabupaten.open("/lists/comparisons/new/").press("Compare")
    table = kabupaten.page.locator("table", has_text="only Residents")
    persons = [int(words) for words in table.locator("tbody td.n").all_inner_texts()]
    assert sum(persons) == int(table.locator("tfoot td.n").inner_text()) > 50
    comparison = kabupaten.page.url
    kabupaten.open(comparison + "minutes/").sees("Residents")

    first = kabupaten.open(comparison).page.locator("main a[href^='/lists/gaps/']").first
    first.click()
    kabupaten.arrived().press("Close")
    expect(kabupaten.page.locator(".badge").first).to_have_text(re.compile("closed"))
    kabupaten.write("Why it is open again", "the letter names another day").press("Open again")
    expect(kabupaten.page.locator(".badge").first).to_have_text(re.compile("needs clarification"))


def test_the_same_file_again_changes_nothing_and_leads_to_its_receipt(
    visitor: Callable[..., Device], demo: Running
) -> None:
    hands = visitor("dukcapil", language="en", viewport=PHONE)
    hands.open("/lists/new/")
    page = hands.page.locator("main form")
    page.locator("[name=sharing]").select_option(index=1)
    page.locator("[name=as_of]").fill("2026-11-01")
    hands.choose("What it holds", "The whole list")
    page.locator("[type=file]").set_input_files(demo.installation.data / "lists" / "dukcapil.xlsx")
    hands.press("Look at the columns").sees("nothing changes").press("To its receipt").sees("Receipt (PDF)")
