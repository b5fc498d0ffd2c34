"""Pictures of the demo's pages at 360 and 1280 pixels: `python -m tools.screenshots URL FOLDER [id|en]`.

The demo must run (`make demo`). The docs show a few of them; look at all of them after changing a page.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from timpora.desk.world.accounts import PASSWORD

# name → account, path; a path ending in ">" follows the first link that starts with it
PAGES = {
    "sign-in": ("", "/sign-in/"),
    "village-home": ("desa", "/"),
    "report-form": ("desa", "/reports/new/"),
    "my-reports": ("desa", "/reports/"),
    "return": ("desa", "/returns/"),
    "long-guests": ("desa", "/stays/long/"),
    "pocket": ("desa", "/pocket/"),
    "pocket-outbox": ("desa", "/pocket/#outbox"),
    "queue": ("kecamatan", "/reports/waiting/"),
    "district-home": ("kecamatan", "/"),
    "regency-home": ("kabupaten", "/"),
    "identity": ("kabupaten", "/identities/>"),
    "claim": ("kabupaten", "/claims/>"),
    "search": ("kabupaten", "/people/"),
    "person": ("kabupaten", "/people/?q=Lin"),
    "lodgings": ("kabupaten", "/lodgings/"),
    "lodging": ("kabupaten", "/lodgings/>"),
    "lodging-home": ("hotel", "/"),
    "check-in": ("hotel", "/stays/new/"),
    "drill-down": ("imigrasi", "/counts/33.19/"),
    "office": ("imigrasi", "/counts/kanim-semarang/"),
    "nation": ("kanwil", "/counts/ID/"),
    "team": ("kabupaten", "/team/"),
    "ledger": ("auditor", "/ledger/"),
    "setup": ("operator", "/setup/"),
    "patterns": ("desa", "/patterns/"),
}
WIDTHS = {360: 740, 1280: 800}


def main() -> None:
    address, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    language = sys.argv[3] if len(sys.argv) > 3 else "id"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        for width, height in WIDTHS.items():
            for account in dict.fromkeys(who for who, _path in PAGES.values()):
                take(browser, address, folder, account, width, height, language)
        browser.close()


def take(
    browser: Browser, address: str, folder: Path, account: str, width: int, height: int, language: str
) -> None:
    """Every page of one account at one width."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    if account:
        sign_in(page, address, account)
    for name, (who, path) in PAGES.items():
        if who == account:
            page.goto(address + path.rstrip(">"))
            follow(page, name, path)
            if name.startswith("pocket"):
                prepare(page)
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    context.close()


def sign_in(page: Page, address: str, account: str) -> None:
    page.goto(address + "/sign-in/")
    page.locator("main input[name=login]:visible").first.fill(account)
    page.locator("main input[name=password]:visible").first.fill(PASSWORD)
    page.locator("main input[name=password]:visible").first.press("Enter")
    page.wait_for_load_state()


def prepare(page: Page) -> None:
    """The pocket opened: prepared with the password at the first time, unlocked with it afterwards."""
    secret = page.locator("[data-panel=door] input[type=password]:visible")
    inside = page.locator("[data-panel]:visible:not([data-panel=door])")
    secret.or_(inside).first.wait_for()
    if secret.count():
        secret.first.fill(PASSWORD)
        secret.first.press("Enter")
        inside.first.wait_for()


def follow(page: Page, name: str, path: str) -> None:
    """The first row's page, where a list is only the way there."""
    start = "/people/" if name == "person" else path.rstrip(">")
    if name == "person" or path.endswith(">"):
        links = page.locator(f"main a[href^='{start}']")
        hrefs = [link.get_attribute("href") or "" for link in links.all()]
        found = [href for href in hrefs if href.removeprefix(start).split("/")[0].isdigit()]
        if found:
            page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + found[0])


if __name__ == "__main__":
    main()
