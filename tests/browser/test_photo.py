"""One photo with a report, in an officer's hands: made small, shown, taken out, with or without network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import device
from tests.browser.device import COMPUTER, PHONE, Device
from tests.browser.inspection import Inspection
from tests.browser.test_accessibility import LATER, weigh
from tests.browser.test_offline import (
    EVERYTHING,
    SECRET,
    Carry,
    carry,
    fill,
    kept,
    line,
    server,
    unlock,
    write,
)  # fmt: skip
from tests.line import Line
from tests.reports.pictures import picture
from tests.running import Running

__all__ = ["carry", "line", "server"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.long]
OFFICE = "/offices/kanim-semarang/settings/"
# Puts a file into the field past our script, as a phone with a broken memory card would.
BREAK = """(input) => {
  const files = new DataTransfer();
  files.items.add(new File(["no photo at all"], "photo.jpg", { type: "image/jpeg" }));
  input.files = files.files;
}"""


def switch(contexts: Any, url: str, *, on: bool) -> None:
    """The operator switches photos on or off."""
    hands = device.made(contexts, url, None, viewport=COMPUTER)
    hands.open("/sign-in/").sign_in("operator", SECRET).open(OFFICE)
    hands.page.get_by_label("Foto pada laporan").select_option("True" if on else "False")
    hands.press("Save the settings")
    hands.page.context.close()


@pytest.fixture(autouse=True)
def switched_on(server: Running, contexts: Any) -> None:
    switch(contexts, server.url, on=True)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A photo of twelve million points, as a telephone takes it."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(picture(size=(4000, 3000), noise=True))
    return path


def begun(server: Running, contexts: Any, inspection: Inspection | None = None, **options: Any) -> Device:
    """The form for somebody new, filled in but for the photo."""
    hands = device.made(contexts, server.url, inspection, viewport=PHONE, **options)
    hands.open("/sign-in/").sign_in("desa", SECRET).open("/reports/new/")
    if hands.page.get_by_text(hands.words("Discard this draft")).count():
        hands.press("Discard this draft")
    hands.choose("What do you report?", "lives here").choose("Sex", "female")
    hands.page.locator("[name=nationality]").fill("Mongolia (MNG)")
    return hands.write("Address", "rumah Ibu Sri, RT 02/RW 01")


def field(page: Page) -> Locator:
    return page.locator(".field", has=page.locator("[data-photo]")).locator("visible=true").first


def test_a_photo_is_made_small_shown_and_sent_and_looked_at_on_the_reports_page(
    server: Running, contexts: Any, house: Path, inspection: Inspection
) -> None:
    hands = begun(server, contexts, inspection)
    page = hands.write("Name as printed in the passport", "Altan Sukh").page
    page.locator("#id_photo").set_input_files(house)
    shown = field(page).locator("[data-photo-shown]")
    expect(shown).to_be_visible()
    assert int(re.sub(r"\D", "", shown.locator("[data-photo-size]").inner_text())) <= 150
    assert page.evaluate("document.querySelector('#id_photo').files[0].size") <= 150 * 1024
    inspection.look(page, "photo")
    with page.expect_request(lambda request: request.method == "POST" and "/new/" in request.url) as sent:
        hands.press("Send the report")
    assert len(sent.value.post_data_buffer or b"") < 160 * 1024
    hands.sees("The photo came with it.").press("See what becomes of it")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    picture_of_it = page.locator("img[src$='/photo/']")
    page.wait_for_load_state("networkidle")
    assert not any("/photo/" in each for each in fetched)  # folded, nobody has looked
    page.locator(".photo-attached summary").click()
    expect(picture_of_it).to_be_visible()
    page.wait_for_load_state("networkidle")
    inspection.look(page, "photo")
    assert 640 <= picture_of_it.evaluate("(image) => image.naturalWidth") <= 1280


def test_the_form_with_a_photo_is_light(server: Running, contexts: Any) -> None:
    page = begun(server, contexts).page
    fresh = device.made(contexts, server.url, None, viewport=PHONE).page
    fresh.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    weigh(fresh, f"{server.url}/reports/")
    assert 500 < weigh(fresh, f"{server.url}/reports/new/") <= LATER


def test_what_is_no_photo_is_refused_on_the_device_and_a_photo_can_be_taken_out(
    server: Running, contexts: Any, house: Path, tmp_path: Path
) -> None:
    hands = begun(server, contexts)
    page = hands.page
    for name, data, words in (
        ("foto.heic", b"\0\0\0\x18ftypheic" + b"\0" * 900, "HEIC"),
        ("foto.jpg", b"<script>alert(1)</script>", "bukan foto"),
        ("gambar.svg", b"<svg/>", "bukan foto"),
        ("besar.jpg", b"\xff\xd8\xff" + b"\0" * 30 * 2**20, "20 MB"),
    ):
        (tmp_path / name).write_bytes(data)
        page.locator("#id_photo").set_input_files(tmp_path / name)
        expect(field(page).locator("[data-photo-fault]")).to_contain_text(words)
        assert page.locator("#id_photo").input_value() == ""
    page.locator("#id_photo").set_input_files(house)
    expect(field(page).locator("[data-photo-fault]")).to_be_hidden()
    expect(field(page).locator("[data-photo-shown]")).to_be_visible()
    field(page).get_by_role("button", name="Keluarkan foto").click()
    expect(field(page).locator("[data-photo-shown]")).to_be_hidden()
    assert page.locator("#id_photo").input_value() == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_refused_for_another_reason_keeps_the_photo(
    server: Running, contexts: Any, house: Path, scripts: bool
) -> None:
    hands = begun(server, contexts, java_script_enabled=scripts)
    page = hands.page
    page.locator("[name=nationality]").fill("Atlantis")
    page.locator("#id_photo").set_input_files(house)
    if scripts:
        expect(field(page).locator("[data-photo-shown]")).to_be_visible()
    hands.write("Name as printed in the passport", f"Temur Och {scripts}").press("Send the report")
    if scripts:
        expect(field(page).locator("[data-photo-shown]")).to_be_visible()
    else:
        expect(field(page)).to_contain_text("Fotonya masih ada")
    page.locator("[name=nationality]").fill("Mongolia (MNG)")
    hands.press("Send the report").sees("The photo came with it.")


def test_a_photo_waits_sealed_without_network_and_arrives_with_its_report(
    carry: Carry, line: Line, house: Path
) -> None:
    hands = carry()
    page = hands.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line.cut = True
    page.reload()
    unlock(page)
    form = fill(page, "Ganzorig Bat")
    form.locator("[name=photo]").set_input_files(house)
    expect(form.locator("[data-photo-shown]")).to_be_visible()
    form.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(page.locator("[data-items] li")).to_contain_text("menunggu dikirim")
    # How a JPEG begins, in both alphabets of base64; less of it stands in sealed text by chance.
    held = page.evaluate(EVERYTHING)
    assert [each for each in ("/9j/4AAQSkZJRg", "_9j_4AAQSkZJRg") if each in held] == []
    expect(form.locator("[data-photo-shown]")).to_be_hidden()  # the next report begins without it
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    expect(page.locator("[data-items] li")).to_have_count(0)
    hands.open("/reports/").page.get_by_role("link", name="Ganzorig Bat").first.click()
    page.locator(".photo-attached summary").click()
    expect(page.locator("img[src$='/photo/']")).to_be_visible()


def test_a_broken_photo_comes_back_with_its_reason_and_the_report_goes_without_it(
    carry: Carry, line: Line
) -> None:
    page = carry().page
    line.cut = True
    form = fill(page, "Dulmaa Nyam")
    form.locator("[name=photo]").evaluate(BREAK)
    form.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(page.locator("[data-panel=outbox] h1")).to_be_visible()
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    items = page.locator("[data-items] li")
    expect(items).to_contain_text("perlu dibetulkan")
    items.get_by_role("link").click()
    expect(page.locator("[data-item-fields]")).to_contain_text("bukan foto")
    page.locator("[data-mend]").click()  # put right by hand: the photo is gone, the rest is there
    expect(page.locator("form[data-kind=report] [name=names]")).to_have_value("Dulmaa Nyam")
    page.evaluate("history.back()")
    page.locator("[data-without-photo]").click()
    expect(items).to_have_count(0)
    assert kept(page)["items"] == 0


def test_switched_off_while_it_waits_the_report_is_taken_in_and_the_officer_is_told(
    carry: Carry, line: Line, server: Running, contexts: Any, house: Path
) -> None:
    page = carry().page
    line.cut = True
    form = fill(page, "Solongo Erdem")
    form.locator("[name=photo]").set_input_files(house)
    expect(form.locator("[data-photo-shown]")).to_be_visible()
    form.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(page.locator("[data-items] li")).to_contain_text("menunggu dikirim")
    switch(contexts, server.url, on=False)
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    expect(page.locator("[data-items] li")).to_have_count(0)
    expect(page.locator("[data-notice]")).to_contain_text("tanpa foto")
    page.locator("[data-panel=outbox] a[href='#sent']").click()
    expect(page.locator("[data-receipts] li").first).to_contain_text("tanpa foto")
    page.evaluate("location.hash = '#home'")
    page.locator("[data-fetch]").click()
    page.evaluate("location.hash = '#new'")
    expect(page.locator("form[data-kind=report] [name=photo]")).to_be_hidden()
    write(page, "Tserenpil Och")  # and without a photo it goes on as before
    expect(page.locator("[data-items] li")).to_have_count(0)


def test_a_form_cut_off_while_it_is_sent_waits_with_its_photo(carry: Carry, line: Line, house: Path) -> None:
    hands = carry()
    page = hands.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    hands.open("/reports/new/").choose("What do you report?", "lives here").choose("Sex", "female")
    hands.write("Name as printed in the passport", "Nomin Zul").write("Address", "rumah Ibu Sri")
    page.locator("[name=nationality]").fill("Mongolia (MNG)")
    page.locator("#id_photo").set_input_files(house)
    expect(field(page).locator("[data-photo-shown]")).to_be_visible()
    line.answers = 1.0
    hands.button("Send the report").click()
    expect(page).to_have_url(re.compile("/pocket/#outbox"))
    line.answers = 0.0
    unlock(page)
    page.evaluate("location.hash = '#sent'")
    expect(page.locator("[data-receipts] li").first).to_contain_text("diterima")
    hands.open("/reports/")
    assert page.get_by_role("link", name="Nomin Zul").count() == 1
    page.get_by_role("link", name="Nomin Zul").click()
    expect(page.locator(".photo-attached")).to_be_visible()
