"""The patterns page and the error pages: every part once, in both languages, without a fault for axe."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tests.pages import text
from tests.running import Running
from timpora import stylesheet
from timpora.desk.views.patterns import SECTIONS

ERRORS = ["400", "403", "403_csrf", "404", "409", "413", "429", "500", "503"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_patterns_page_shows_every_section(client: Client, language: str) -> None:
    response = client.get("/patterns/", headers={"accept-language": language})
    page = text(response)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    with translation.override(language):
        for name, title in SECTIONS.items():
            assert f'<section class="pattern" id="{name}">' in page
            assert f'href="#{name}">{title}</a>' in page


@pytest.mark.django_db
def test_every_component_has_its_place_on_the_patterns_page(client: Client) -> None:
    page = text(client.get("/patterns/"))
    shown = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    missing = []
    for part in stylesheet.PARTS.glob("*.css"):
        rules = part.read_text()
        # The sign-in page has its own parts; a dialog is an element, not a class.
        if "@layer components" in rules and part.stem not in ("entrance", "dialog"):
            classes = set(re.findall(r"\.([a-z][a-z-]+)", re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)))
            assert classes, part.name
            missing += [part.name] if not classes & shown else []
    assert missing == []
    assert "<dialog" in page


@pytest.mark.django_db
def test_the_village_field_is_answered_with_options(client: Client) -> None:
    page = text(client.get("/patterns/villages/", {"q": "bakalan"}))
    assert 'role="option"' in page
    assert 'data-value="Bakalankrapyak (33.19.01.2001)"' in page
    assert "Prambatan" not in page


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_neither_a_request_nor_a_database(code: str) -> None:
    with translation.override("id"):
        page = render_to_string(f"{code}.html")
    assert page.count("<h1>") == 1
    assert code.partition("_")[0] in page
    assert "Timpora" in page


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_speaks_indonesian_and_english(code: str) -> None:
    heading = {}
    for language in ("id", "en"):
        with translation.override(language):
            heading[language] = re.search(r"<h1>(.*?)</h1>", render_to_string(f"{code}.html"))[1]  # type: ignore[index]
    assert heading["id"] != heading["en"]


def test_a_stale_page_shows_both_versions() -> None:
    rows = [("Alamat", "RT 01", "RT 02"), ("Nama", "Thiha", "Thiha")]
    with translation.override("en"):
        page = render_to_string("409.html", {"rows": rows, "here": "/reports/1/"})
    assert page.count('class="differs"') == 1
    assert page.count('class="same"') == 1
    assert 'href="/reports/1/"' in page


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_on_the_patterns_page(
    live: Running, contexts: Any, scheme: str, width: int
) -> None:
    page = contexts(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{live.url}/patterns/")
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    found = Axe().run(page)
    assert found.response["violations"] == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0


@pytest.mark.browser
def test_the_keys_walk_the_queue_sort_the_table_and_choose_a_suggestion(live: Running, page: Any) -> None:
    page.goto(f"{live.url}/patterns/")
    page.locator("[data-queue-item]").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("[data-queue-item]").nth(1).locator("a:focus").count() == 1
    page.keyboard.press("k")
    assert page.locator("[data-queue-item]").nth(0).locator("a:focus").count() == 1

    page.locator("#table thead a").nth(1).click()
    assert page.locator("#table tbody th").first.inner_text() == "Kota Kudus"
    assert page.locator("#table tbody tr").last.get_attribute("data-last") == ""

    village = page.locator("#id_village")
    village.fill("pram")
    page.locator("#id_village_list [role=option]").wait_for()
    village.press("ArrowDown")
    village.press("Enter")
    assert village.input_value() == "Prambatan Kidul (33.19.01.2002)"
