"""Every kind of page for those who use it: axe, 360 px, keyboard, weight and paper, on the demo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import device
from tests.browser.device import COMPUTER, PHONE, Device
from tests.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.long]

VILLAGE, DISTRICT = "33.19.01.2001", "33.19.01"
HELP = "/help/?page=desk:home"
PAGES = {
    "": "/sign-in/ /join/ /legal-basis/ /about/ /help/ /tour/ /my-data/ /my-data/?language=ar"
        " /papers/check/offline/",
    "desa": f"/ /reports/ /reports/new/ /reports/new/?person=1 /people/1/ /returns/{VILLAGE}/ LAST_MONTH"
            f" /claims/ /notices/ /account/ /your-role/ {HELP} /reports/paper/ /reports/register/ /counts/"
            " /people/1/links/ /pocket/ /devices/ /lodgings/ /stays/long/ /rooms/ ROOM /notices/preference/",
    "kecamatan": f"/ /reports/waiting/ QUEUE /people/ /people/?q=lin /counts/{DISTRICT}/ /returns/{DISTRICT}/"
                 " /team/ /team/absent/ /team/slips/ /reports/?of=area /notices/ /requests/"
                 " /people/1/requests/new/ /people/1/requests/new/?kind=address /lodgings/ /lodgings/new/"
                 " LODGING /stays/ GUEST /rooms/ /rooms/search/",
    "kabupaten": "/ /identities/ IDENTITY /claims/ CLAIM /team/ POST /team/import/ /people/1/ /returns/33.19/"
                 " /counts/33.19/?sort=-people /counts/33.19/sharing/",
    "imigrasi": "/ /people/ /people/?q=berakhir:%3C30h /people/1/ /people/1/corrections/new/"
                " /counts/kanim-semarang/ /areas/ /areas/33.19/ /offices/kanim-semarang/",
    "disnaker": "/",
    "hotel": "/ /stays/new/ /stays/file/ /stays/past/ /stays/tokens/ /stays/notice/ GUEST_IN /papers/",
    "kanwil": "/ /counts/33/ /counts/ID/ /counts/33/print/",
    "auditor": "/ /ledger/",
    "operator": "/ /setup/ /setup/kanim-semarang/letterhead/ /setup/kanim-semarang/jurisdiction/"
                " /setup/kanim-semarang/team/ /team/ /patterns/ /offices/ /line/ /translations/"
                " /translations/ar/",
}  # fmt: skip
# Addresses that a link leads to: on which page, which link.
LINKS = {
    "LAST_MONTH": (f"/returns/{VILLAGE}/", "main .list a"),
    "QUEUE": ("/reports/waiting/", "[data-queue-open]"),
    "IDENTITY": ("/identities/", "main .list a"),
    "CLAIM": ("/claims/", "main .list a"),
    "POST": ("/team/", "#found a"),
    "ROOM": ("/rooms/", "main .list a"),
    "LODGING": ("/lodgings/", "main .list a"),
    "GUEST": ("/stays/", "main table a"),
    "GUEST_IN": ("/stays/past/", "main .list a"),
}
LOOKS: dict[str, dict[str, Any]] = {
    "phone-light-id": {"viewport": PHONE, "color_scheme": "light", "language": "id"},
    "computer-dark-en": {"viewport": COMPUTER, "color_scheme": "dark", "language": "en"},
}
Visitor = Callable[..., Device]


def go(hands: Device, path: str) -> Device:
    if path not in LINKS:
        return hands.open(path)
    page, link = LINKS[path]
    hands.open(page).page.locator(link).first.click()
    hands.page.wait_for_url(lambda url: not url.endswith(page))
    return hands.arrived()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("account", PAGES)
def test_every_page_is_sound_and_fits_its_screen(visitor: Visitor, account: str, look: str) -> None:
    hands = visitor(account, **LOOKS[look])
    too_wide = [path for path in PAGES[account].split() if _overflow(go(hands, path).page) > 0]
    assert too_wide == []


def _overflow(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize(
    ("look", "path"), [("dark", "/"), ("dark", "/reports/new/"), ("dark", "/counts/"), ("light", "/")]
)
def test_a_phone_in_the_dark_and_in_english_is_sound_too(visitor: Visitor, look: str, path: str) -> None:
    visitor("desa", viewport=PHONE, color_scheme=look, language="en").open(path)


# --- keyboard ---------------------------------------------------------------------------------------------

MAIN_ACTION = "document.activeElement.matches('main .button--main')"
SEEN = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return (ring || style.boxShadow !== 'none') && box.width > 0 && box.height > 0;
}"""


def tabs_until(page: Page, condition: str, most: int) -> int:
    """How often Tab is pressed until the condition holds; each stop on the way shows where the focus is."""
    for pressed in range(1, most + 1):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate(condition):
            return pressed
    raise AssertionError(f"not within {most} steps: {condition}")


@pytest.mark.parametrize(
    ("account", "path"),
    [("desa", "/"), ("kecamatan", "/"), ("kanwil", "/"), ("operator", "/"), ("desa", "/reports/")],
)
def test_the_main_action_is_few_tabs_away(visitor: Visitor, account: str, path: str) -> None:
    hands = visitor(account, viewport=COMPUTER).open(path)
    assert tabs_until(hands.page, MAIN_ACTION, 15) > 1
    hands.open(path).page.keyboard.press("Tab")
    expect(hands.page.locator(".skip")).to_be_focused()
    expect(hands.page.locator(".skip")).to_be_in_viewport()
    hands.page.keyboard.press("Enter")
    tabs_until(hands.page, MAIN_ACTION, 2)


def test_a_report_can_be_written_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor("desa", viewport=COMPUTER).open("/reports/new/").page
    keys = page.keyboard
    tabs_until(page, "document.activeElement.name === 'kind'", 20)
    keys.press("Space")
    tabs_until(page, "document.activeElement.name === 'names'", 2)
    keys.type("Anucha")
    keys.press("Tab")
    keys.insert_text("thail")
    expect(page.get_by_role("option", name="Thailand")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    assert page.locator("[name=nationality]").input_value() == "Thailand (THA)"
    keys.press("Tab")
    keys.press("ArrowDown")
    assert page.locator("[name=sex]:checked").count() == 1
    tabs_until(page, "document.activeElement.name === 'address'", 5)
    keys.type("RT 01/RW 01")
    keys.press("Enter")
    page.wait_for_url("**/receipt/")


def test_the_queue_is_walked_with_j_k_x_and_enter(visitor: Visitor) -> None:
    hands = visitor("imigrasi", viewport=COMPUTER).open("/")
    items = hands.page.locator("[data-queue-item]")
    assert items.count() > 1
    hands.page.wait_for_load_state("networkidle")  # the keys' script is there
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        hands.page.keyboard.press(key)
        expect(items.nth(place)).to_have_class("queue-here")
    target = hands.page.locator(".queue-here [data-queue-open]").get_attribute("href")
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_url(f"**{target}")
    district = visitor("kecamatan", viewport=COMPUTER).open("/reports/waiting/")
    district.page.wait_for_load_state("networkidle")
    district.page.keyboard.press("j")
    district.page.keyboard.press("x")
    expect(district.page.locator(".queue-here input[type=checkbox]")).to_be_checked()
    district.page.keyboard.press("x")
    expect(district.page.locator(".queue-here input[type=checkbox]")).not_to_be_checked()


def test_all_reports_of_the_page_are_selected_at_once_by_a_button_or_a_key(visitor: Visitor) -> None:
    page = visitor("kecamatan", viewport=COMPUTER).open("/reports/waiting/").page
    every = page.locator("[data-queue-item]").count()
    picked, button = page.locator("[name=report]:checked"), page.get_by_role("button", name="Pilih semua")
    button.click()
    expect(picked).to_have_count(every)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator("[name=report]").first.uncheck()
    expect(button).to_have_attribute("aria-pressed", "false")
    for left in (every, 0):
        page.keyboard.press("a")
        expect(picked).to_have_count(left)
    unscripted = visitor("kecamatan", java_script_enabled=False).open("/reports/waiting/").page
    expect(unscripted.locator("[data-pick-all]")).to_be_hidden()
    expect(unscripted.get_by_role("button", name="Konfirmasi yang dipilih")).to_be_visible()


def test_escape_closes_the_menu_and_the_focus_returns(visitor: Visitor) -> None:
    page = visitor("desa").page
    menu = page.locator("details.who")
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


# --- weight -----------------------------------------------------------------------------------------------

FIRST, LATER = 120 * 1024, 20 * 1024


def weigh(page: Page, path: str) -> int:
    """Bytes that came over the wire until the page was quiet."""
    session, heavy = page.context.new_cdp_session(page), [0]
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: heavy.append(int(event["encodedDataLength"])))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    session.detach()
    return sum(heavy)


@pytest.mark.parametrize(
    ("account", "paths"),
    [
        ("desa", ["/", "/reports/new/", "/reports/", f"/returns/{VILLAGE}/", "/help/"]),
        ("kecamatan", ["/reports/waiting/", f"/returns/{DISTRICT}/", "/team/"]),
        ("imigrasi", ["/", "/people/1/", "/counts/kanim-semarang/"]),
        ("auditor", ["/ledger/"]),
    ],
)
def test_pages_are_light(
    demo: Running, contexts: Any, visitor: Visitor, account: str, paths: list[str]
) -> None:
    signed_in = visitor(account, viewport=PHONE)
    fresh = device.made(contexts, demo.url, viewport=PHONE)
    fresh.page.context.add_cookies(signed_in.page.context.cookies())  # type: ignore[arg-type]
    first = weigh(fresh.page, f"{demo.url}/")
    assert 5_000 < first <= FIRST
    later = {path: weigh(fresh.page, demo.url + path) for path in paths}
    assert {path: weight for path, weight in later.items() if not 500 < weight <= LATER} == {}


# --- paper ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "path"),
    [("desa", "/reports/paper/"), ("desa", "/reports/register/"), ("kanwil", "/counts/33/print/")],
)
def test_a_sheet_prints_without_what_belongs_to_the_screen(visitor: Visitor, account: str, path: str) -> None:
    page = visitor(account, viewport=COMPUTER).open(path).page
    sheets = page.locator("section.a4").count()
    assert sheets
    page.emulate_media(media="print")
    expect(page.locator(".no-print").first).to_be_hidden()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") in (sheets, sheets + 1)


def test_an_ordinary_page_prints_its_number_and_not_its_menus(visitor: Visitor) -> None:
    page = visitor("imigrasi", viewport=COMPUTER).open("/counts/33.19/").page
    page.emulate_media(media="print")
    expect(page.locator(".number-value").first).to_be_visible()
    for part in (".nav", ".footer", ".skip"):
        expect(page.locator(part).first).to_be_hidden()
