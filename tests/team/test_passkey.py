"""In a real browser: a slip, a PIN, a passkey on the own phone, and back in without typing anything."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
SLIP = """
from timpora.areas.models import Area
from timpora.ledger.book import SYSTEM
from timpora.team.models import Agency, Invitation, Mandate, Post, User
Agency.objects.load()
post = Post.objects.open(by=SYSTEM, agency=Agency.objects.get(code="desa"), role="village",
                         title="Sekretaris Desa", area=Area.objects.get(code="33.19.01.2001"))
user = User.objects.enrol(by=SYSTEM, username="desa-coba", name="Petugas Coba")
Mandate.objects.grant(by=SYSTEM, user=user, post=post)
print("code", Invitation.objects.issue(by=SYSTEM, user=user)[1])
"""


def test_a_slip_leads_to_a_pin_and_on_to_a_passkey(live: Running, page: Any) -> None:
    code = live.run("shell", "-c", SLIP).rpartition("code ")[2].strip()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{live.url}/join/")
    page.get_by_label("Kode sekali pakai").fill(code)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("PIN baru").fill("493827")
    page.get_by_label("Ketik sekali lagi").fill("493827")
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.wait_for_url(f"{live.url}/")

    page.goto(f"{live.url}/account/passkeys/new/")
    page.get_by_label("PIN atau kata sandi").fill("493827")
    page.locator("main form button").click()
    assert Axe().run(page).violations_count == 0
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(f"{live.url}/account/passkeys/")
    page.goto(f"{live.url}/account/")
    page.locator("main").get_by_role("button", name="Keluar atau ganti pengguna").click()
    page.wait_for_url(f"{live.url}/sign-in/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(f"{live.url}/")
    page.goto(f"{live.url}/team/")
    assert "Sekretaris Desa, Desa Bakalankrapyak" in page.inner_text("main")
