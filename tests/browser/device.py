"""A phone or a computer in somebody's hands: what its screen shows is pressed and filled in by its words."""

from __future__ import annotations

import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Error, Locator, Page, expect

from tests.browser.inspection import Inspection

PHONE = {"width": 360, "height": 740}
COMPUTER = {"width": 1280, "height": 800}
COUNT_TAPS = "addEventListener('pointerdown', () => window.tapped?.(), { capture: true });"


class Device:
    """One browser profile with one tab. Words are msgids; the screen shows them in `language`."""

    def __init__(
        self, context: BrowserContext, url: str, inspection: Inspection | None = None, language: str = "id"
    ) -> None:
        self.url, self.language, self.inspection = url, language, inspection
        self.variant = ""  # whose pages it shows, and how: what an inspection tells apart
        self.taps = 0
        context.expose_binding("tapped", lambda _source: self._tap())
        context.add_init_script(COUNT_TAPS)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        if inspection:
            inspection.watch(self.page)

    def _tap(self) -> None:
        self.taps += 1

    def words(self, msgid: str) -> str:
        """What the screen says for a msgid; anything else (a name) stays as it is."""
        with translation.override(self.language):
            return gettext(msgid)

    # --- doing --------------------------------------------------------------------------------------------

    def open(self, path: str) -> Device:
        """Types an address."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        return self.arrived()

    def press(self, msgid: str, about: str = "") -> Device:
        """Presses the button, link or summary of these words; `about`: what only a screen reader hears."""
        self.button(msgid, about).click()
        return self.arrived()

    def button(self, msgid: str, about: str = "") -> Locator:
        name = f"{self.words(msgid)} {about}".strip()
        found = self.page.get_by_role("button", name=name, exact=True)
        found = found.or_(self.page.get_by_role("link", name=name, exact=True))
        return found.or_(self.page.locator("summary", has_text=re.compile(f"^{re.escape(name)}$"))).first

    def write(self, label: str, text: str) -> Device:
        """Taps a field and types; its label may be followed by "(optional)"."""
        field = self.field(label)
        field.click()
        field.fill(text)
        if field.get_attribute("role") == "combobox":
            field.blur()  # its suggestions, should they come late, would lie over the next field
        return self

    def field(self, label: str) -> Locator:
        name = re.compile(rf"^\s*{re.escape(self.words(label))}( \(.+\))?\s*$")
        return self.page.locator("main").get_by_label(name).first

    def find(self, label: str, text: str, option: str) -> Device:
        """Types into a field with suggestions and taps the one that reads `option`."""
        field = self.field(label)
        expect(field).to_have_attribute("role", "combobox")  # its script is there
        field.click()
        field.fill(text)  # at once: a pause between two letters asks for suggestions of half a word
        self.page.get_by_role("option", name=option).first.click()
        return self

    def choose(self, question: str, answer: str) -> Device:
        """Taps one of the answers to a question."""
        group = self.page.get_by_role("group", name=self.words(question))
        group.get_by_text(self.words(answer), exact=True).first.click()
        return self

    def tick(self, label: str) -> Device:
        self.page.get_by_text(self.words(label), exact=True).click()
        return self

    def leave(self) -> Device:
        """Signs out by the menu of the post."""
        self.page.locator("details.who summary").click()
        with self.page.expect_navigation():  # once the phone has forgotten what it could read
            self.button("Sign out or switch user").click()
        return self.arrived()

    def sign_in(self, name: str, secret: str) -> Device:
        self.write("User name or phone number", name).write("PIN or password", secret)
        return self.press("Sign in")

    # --- reading ------------------------------------------------------------------------------------------

    def arrived(self) -> Device:
        """The page has loaded; the inspection looks at it."""
        self.page.wait_for_load_state("load")
        try:
            self._look()
        except Error as fault:
            if "context was destroyed" not in str(fault):
                raise
            # A form that its script sends a moment later took the page away: the next one is looked at.
            self.page.wait_for_load_state("load")
            self._look()
        return self

    def _look(self) -> None:
        if self.inspection:
            self.inspection.look(self.page, self.variant)

    def sees(self, text: str, *, times: int | None = None) -> Device:
        """Fails unless the text (a msgid, or what somebody has typed) stands on the screen."""
        found = self.page.get_by_text(self.words(text)).filter(visible=True)
        if times is None:
            expect(found.first).to_be_visible()
        else:
            expect(found).to_have_count(times)
        return self

    def sees_not(self, text: str) -> Device:
        expect(self.page.get_by_text(self.words(text))).to_have_count(0)
        return self

    @property
    def path(self) -> str:
        return self.page.evaluate("location.pathname")  # type: ignore[no-any-return]

    @property
    def number(self) -> int:
        """The page's own number."""
        text = self.page.locator(".number-value").first.inner_text()
        return int(re.sub(r"\D", "", text) or 0)

    def screen(self) -> str:
        """Where it is and the beginning of what it says, for whoever reads why a test failed."""
        main = self.page.locator("main")
        return f"{self.page.url} {main.inner_text()[:400]!r}" if main.count() else self.page.url

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]


def made(
    contexts: Any, url: str, inspection: Inspection | None = None, *, language: str = "id", **options: Any
) -> Device:
    """A device with a profile of its own, phone-sized unless a viewport is given."""
    locale = {"id": "id-ID", "en": "en-GB"}[language]
    return Device(contexts(locale=locale, **options), url, inspection, language)
