"""The five-minute tour, to the letter: what docs/tour.md prints bold is pressed, what is code is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.device import PHONE, Device

pytestmark = pytest.mark.browser

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEADING = {"id": "# Tur lima menit\n", "en": "# The five-minute tour\n"}
STEP = re.compile(r"^\d\. \*(.+?)\* ((?:.|\n)+?)(?=\n\d\. |\n\n)", re.MULTILINE)
# **pressed**, or **field** `typed`
DEED = re.compile(r"\*\*(.+?)\*\*(?: `(.+?)`)?")


def steps(language: str) -> list[tuple[str, str]]:
    """The title and the words of each step of docs/tour.md in a language."""
    text = (DOCS / "tour.md").read_text(encoding="utf-8").split(HEADING[language])[1].split("\n# ")[0]
    found = [(title, " ".join(words.split())) for title, words in STEP.findall(text)]
    assert len(found) == 5
    return found


def follow(hands: Device, words: str) -> None:
    """Does what a step says, in its order."""
    for name, typed in DEED.findall(words):
        if typed:
            hands.write(name, typed)
            continue
        exactly = re.compile(f"^{re.escape(name)}$")
        account = hands.page.locator("button.account").filter(has=hands.page.locator("b", has_text=exactly))
        menu = hands.page.locator("details.who summary").filter(has=hands.page.get_by_text(name, exact=True))
        answer = hands.page.locator("label.answer").filter(has=hands.page.locator("span", has_text=exactly))
        account.or_(menu).or_(answer).or_(hands.button(name)).first.click()
        hands.arrived()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_tour_ends_with_one_more(visitor: Callable[..., Device], language: str) -> None:
    hands = visitor(language=language, viewport=PHONE)
    numbers = []
    for _title, words in steps(language):
        deeds = DEED.split(words)
        assert len(deeds) > 1
        if "**kanwil**" in words:
            first, rest = words.split("**kanwil**")
            follow(hands, f"{first}**kanwil**")
            numbers.append(hands.number)
            follow(hands, rest)
        else:
            follow(hands, words)
    before, after = numbers
    assert after == before + 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_says_what_the_document_says(visitor: Callable[..., Device], language: str) -> None:
    hands = visitor(language=language)
    hands.page.locator("a[href='/tour/']").click()
    hands.arrived()
    expect(hands.page.locator("html")).to_have_attribute("lang", language)
    shown = [
        (step.locator("h2").inner_text(), _marked(step.locator("p").inner_html()))
        for step in hands.page.locator(".steps > li").all()
    ]
    assert shown == steps(language)


def _marked(html: str) -> str:
    for tag, mark in (("b", "**"), ("code", "`")):
        html = re.sub(f"</?{tag}>", mark, html)
    return html
