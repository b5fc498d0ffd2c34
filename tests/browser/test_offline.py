"""A village officer's phone where there is no network, a bad one, or one that comes and goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import installed
from tests.browser import device
from tests.browser.device import PHONE, Device
from tests.browser.inspection import Inspection
from tests.line import Line
from tests.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.long]

SECRET = "timpora-demo"
Carry = Callable[..., Device]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo, for reports of its own."""
    made = installed.copy(installed.demo(), tmp_path_factory.mktemp("offline"))
    yield made.start("demo")
    made.stop()  # however often a test has started it anew


@pytest.fixture
def line(server: Running) -> Iterator[Line]:
    """The way to the server, which the test makes worse."""
    made = Line(server.installation.port)
    yield made
    made.close()


@pytest.fixture
def carry(line: Line, contexts: Any, inspection: Inspection) -> Carry:
    """A prepared phone of an account, `carry("desa")`; its village is open."""

    def made(account: str = "desa", **options: Any) -> Device:
        # A line that is cut fills the console with what cannot be fetched: it is looked at by axe alone.
        hands = device.made(contexts, line.url, None, viewport=PHONE, **options)
        hands.open("/sign-in/").sign_in(account, SECRET).open("/devices/")
        while hands.page.get_by_role("button", name="Lepaskan").count():  # an earlier test's
            hands.page.get_by_role("button", name="Lepaskan").first.click()
        hands.open("/pocket/")
        hands.page.locator("#prepare_secret").fill(SECRET)
        hands.page.locator("[data-prepare] button").click()
        expect(hands.page.locator("[data-people-number]")).to_have_text(re.compile(r"^\d+$"))
        return hands

    return made


def write(page: Page, name: str, nation: str = "Mongolia (MNG)") -> None:
    """Writes a report of somebody new and puts it away."""
    fill(page, name, nation).get_by_role("button", name="Simpan untuk dikirim").click()
    expect(page.locator("[data-panel=outbox] h1")).to_be_visible()


def fill(page: Page, name: str, nation: str = "Mongolia (MNG)") -> Locator:
    """The form for somebody new, filled in."""
    page.evaluate("location.hash = '#new'")
    form = page.locator("form[data-kind=report]")
    form.get_by_text("tinggal di sini", exact=True).click()
    form.locator("[name=names]").fill(name)
    form.locator("[name=nationality]").fill(nation)
    form.locator("[name=sex][value=F]").check(force=True)
    form.locator("[name=address]").fill("rumah Ibu Sri, RT 02/RW 01")
    return form


def unlock(page: Page) -> None:
    page.locator("#enter_secret").fill(SECRET)
    page.locator("[data-enter] button").click()
    expect(page.locator("[data-panel=door]")).to_be_hidden()


def test_the_village_opens_without_network_and_what_is_written_goes_out_later(
    carry: Carry, line: Line
) -> None:
    page = carry().page
    number = page.locator("[data-people-number]").inner_text()
    expect(page.locator("[data-ready]")).to_be_visible()
    line.cut = True
    page.goto(f"{line.url}/reports/")  # whatever is asked for, the pocket answers
    expect(page).to_have_url(re.compile("/pocket/$"))
    unlock(page)
    expect(page.locator("[data-people-number]")).to_have_text(number)
    write(page, "Baatar Erdene")
    expect(page.locator("[data-items] li")).to_contain_text("menunggu dikirim")
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    expect(page.locator("[data-items] li")).to_have_count(0)
    page.locator("[data-panel=outbox] a[href='#sent']").click()
    expect(page.locator("[data-receipts] li").first).to_contain_text(re.compile(r"L\d{4}-\d{6}"))


def test_the_village_opens_at_once_where_an_answer_takes_minutes(carry: Carry, line: Line) -> None:
    page = carry().page
    number = page.locator("[data-people-number]").inner_text()
    expect(page.locator("[data-ready]")).to_be_visible()
    line.latency = 300.0
    page.goto(f"{line.url}/pocket/")
    unlock(page)
    expect(page.locator("[data-people-number]")).to_have_text(number)


def test_a_form_cut_off_while_it_is_sent_waits_and_arrives_once(carry: Carry, line: Line) -> None:
    hands = carry()
    page = hands.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    hands.open("/reports/new/").choose("What do you report?", "lives here")
    hands.write("Name as printed in the passport", "Odval Tsend").choose("Sex", "female")
    page.locator("[name=nationality]").fill("Mongolia (MNG)")
    hands.write("Address", "rumah Ibu Sri, RT 02/RW 01")
    line.answers = 1.0  # the server takes it in, and its answer is lost
    hands.button("Send the report").click()
    expect(page).to_have_url(re.compile("/pocket/#outbox"))
    line.answers = 0.0
    unlock(page)
    page.evaluate("location.hash = '#sent'")
    expect(page.locator("[data-receipts] li").first).to_contain_text("diterima")
    hands.open("/reports/")
    assert page.get_by_text("Odval Tsend").count() == 1


def test_what_goes_out_at_once_is_said_to_be_sent_until_one_goes_on(carry: Carry) -> None:
    page = carry().page
    write(page, "Munkhtuya Ganbold")
    expect(page.locator("[data-notice]")).to_have_text("Terkirim.")
    page.locator("[data-panel=outbox] a[href='#sent']").click()
    expect(page.locator("[data-receipts] li").first).to_contain_text("diterima")
    expect(page.locator("[data-notice]")).to_be_hidden()


def test_a_wrong_pin_opens_nothing_and_five_remove_the_list_but_not_what_waits(
    carry: Carry, line: Line
) -> None:
    page = carry().page
    line.cut = True
    write(page, "Sarnai Bold")
    page.reload()
    for left in (4, 3, 2, 1):
        page.locator("#enter_secret").fill("wrong")
        page.locator("[data-enter] button").click()
        expect(page.locator("[data-notice]")).to_contain_text(f"Tersisa {left}")
    page.locator("#enter_secret").fill("wrong")
    page.locator("[data-enter] button").click()
    expect(page.locator("[data-notice]")).to_contain_text("Terlalu sering")
    assert kept(page) == {"people": 0, "pockets": 0, "items": 1}


def test_what_lies_on_the_phone_is_closed(carry: Carry, line: Line) -> None:
    page = carry().page
    line.cut = True
    write(page, "Khulan Nergui")
    held = page.evaluate(EVERYTHING)
    assert len(held) > 500
    readable = [word for word in ("Khulan", "Nergui", "Ibu Sri", "Mongolia", SECRET, "seen") if word in held]
    assert readable == []


def test_signing_out_leaves_nothing_readable_and_what_waits_goes_out_at_the_next_sign_in(
    carry: Carry, line: Line
) -> None:
    hands = carry()
    page = hands.page
    line.answers = 1.0  # for the outbox alone: pages come before and after
    write(page, "Enkh Munkh")
    expect(page.locator("[data-items] li")).to_contain_text(re.compile("menunggu|sedang dikirim"))
    line.answers = 0.0
    page.evaluate("caches.keys()")
    hands.open("/").leave()
    assert kept(page)["people"] == 0
    assert kept(page)["pockets"] == 0
    hands.open("/sign-in/").sign_in("desa", SECRET).open("/pocket/")
    page.locator("#prepare_secret").fill(SECRET)
    page.locator("[data-prepare] button").click()
    expect(page.locator("[data-panel=home] [data-waiting]")).to_contain_text("Tidak ada yang menunggu")
    assert kept(page)["items"] == 0


def test_a_lost_phone_wipes_itself_when_it_next_asks(carry: Carry, contexts: Any, line: Line) -> None:
    page = carry().page
    line.cut = True
    write(page, "Tuya Ganbat")
    line.cut = False
    other = device.made(contexts, line.url, None, viewport=PHONE).open("/sign-in/").sign_in("desa", SECRET)
    other.open("/devices/")
    other.page.locator("summary", has_text="Ponsel ini hilang").first.click()
    other.page.get_by_role("button", name="Laporkan hilang sekarang").first.click()
    other.arrived()
    page.reload()
    expect(page.locator("[data-notice]")).to_contain_text("dilaporkan hilang")
    assert kept(page) == {"people": 0, "pockets": 0, "items": 0}


def test_a_refused_item_comes_back_with_its_reason_is_mended_and_holds_up_no_other(
    carry: Carry, line: Line
) -> None:
    page = carry().page
    line.cut = True
    write(page, "Bolor Chimeg", nation="Atlantis")
    write(page, "Naran Tuul")
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    items = page.locator("[data-items] li")
    expect(items).to_have_count(1)
    expect(items).to_contain_text("Bolor Chimeg")
    expect(items).to_contain_text("perlu dibetulkan")
    items.get_by_role("link").click()
    expect(page.locator("[data-item-fields]")).to_contain_text("Tidak ada negara")
    page.locator("[data-mend]").click()
    form = page.locator("form[data-kind=report]")
    expect(form.locator(".field-error[data-fault]")).to_contain_text("Tidak ada negara")
    expect(form.locator("[name=names]")).to_have_value("Bolor Chimeg")
    form.locator("[name=nationality]").fill("Mongolia (MNG)")
    form.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(items).to_have_count(0)


def test_two_tabs_send_one_item_once(carry: Carry, line: Line) -> None:
    page = carry().page
    line.cut = True
    write(page, "Zaya Dorj")
    second = page.context.new_page()
    line.cut = False
    second.goto(f"{line.url}/pocket/")
    page.locator("[data-panel=outbox] [data-send]").click()
    expect(page.locator("[data-items] li")).to_have_count(0)
    unlock(second)
    assert kept(page)["items"] == 0
    second.goto(f"{line.url}/reports/")
    assert second.get_by_text("Zaya Dorj").count() == 1


def test_a_phone_whose_memory_is_full_says_so_and_keeps_what_was_typed(carry: Carry, line: Line) -> None:
    page = carry().page
    page.evaluate("navigator.storage.estimate = async () => ({ quota: 60e6, usage: 59e6 })")
    form = fill(page, "Delger Saikhan")
    form.get_by_role("button", name="Simpan untuk dikirim").click()
    expect(page.locator("[data-notice]")).to_contain_text("memori ponsel penuh")
    expect(form.locator("[name=names]")).to_have_value("Delger Saikhan")


def test_a_clock_that_is_wrong_by_a_day_is_told(carry: Carry) -> None:
    page = carry().page
    expect(page.locator("[data-clock]")).to_be_hidden()
    page.clock.set_fixed_time("2027-01-01T00:00:00Z")
    page.reload()
    expect(page.locator("[data-clock]")).to_contain_text("selisih sekitar")


def test_the_pocket_locks_after_fifteen_quiet_minutes(carry: Carry) -> None:
    page = carry().page
    page.clock.install()
    page.reload()
    unlock(page)
    page.clock.fast_forward("14:00")
    expect(page.locator("[data-panel=home]")).to_be_visible()
    page.locator("[data-panel=home] h1").click()
    page.clock.fast_forward("15:01")
    expect(page.locator("[data-panel=door]")).to_be_visible()
    expect(page.locator("[data-notice]")).to_contain_text("Terkunci")


def test_a_new_version_of_the_app_takes_over_and_sends_what_the_old_one_kept(
    carry: Carry, line: Line, server: Running
) -> None:
    page = carry().page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    before = page.locator("body").get_attribute("data-version")
    line.cut = True
    write(page, "Altan Gerel")
    renewed(server)
    page.reload()  # still without network: the old version opens
    unlock(page)
    expect(page.locator("body")).to_have_attribute("data-version", str(before))
    page.evaluate("location.hash = '#outbox'")
    expect(page.locator("[data-items] li")).to_contain_text("Altan Gerel")
    line.cut = False
    page.goto(f"{line.url}/pocket/")
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    page.evaluate(GONE, before)
    line.cut = True
    page.reload()
    unlock(page)
    expect(page.locator("body")).not_to_have_attribute("data-version", str(before))
    line.cut = False
    page.evaluate("location.hash = '#outbox'")
    page.reload()  # opened with a network, it sends by itself
    unlock(page)
    expect(page.locator("[data-panel=home] [data-waiting]")).to_contain_text("Tidak ada yang menunggu")
    assert kept(page)["items"] == 0


GONE = """async (name) => {
  while ((await caches.keys()).includes(name)) await new Promise((done) => setTimeout(done, 100));
}"""


def renewed(server: Running) -> None:
    """The server starts anew with one of the app's files changed, as after an update."""
    root = server.installation.data / "static"
    manifest = root / "staticfiles.json"
    said = json.loads(manifest.read_text())
    name = said["paths"]["js/pocket/page.js"]
    said["paths"]["js/pocket/page.js"] = renamed = "js/pocket/page.0123456789ab.js"
    (root / renamed).write_text(f"{(root / name).read_text()}// newer\n")
    server.installation.stop()
    manifest.write_text(json.dumps(said))
    server.installation.start("demo")


def test_a_record_that_changed_meanwhile_is_decided_field_by_field(
    carry: Carry, contexts: Any, line: Line, server: Running
) -> None:
    page = carry().page
    line.cut = True
    person = correct(page, 0, "Gang Melati 3")  # waits, while the office takes another address in
    correct_online(contexts, server, *person, "Gang Mawar 1")
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    item = page.locator("[data-items] li", has_text="perlu keputusan")
    expect(item).to_have_count(1)
    item.get_by_role("link").click()
    row = page.locator("[data-rows] [data-field=address]")
    expect(row).to_contain_text("Gang Melati 3")
    expect(row).to_contain_text("Gang Mawar 1")
    page.locator("[data-choose-phone]").click()
    expect(page.locator("[data-items] li")).to_have_count(0)


def test_the_office_version_is_kept_with_one_tap(
    carry: Carry, contexts: Any, line: Line, server: Running
) -> None:
    page = carry().page
    line.cut = True
    person = correct(page, 1, "Gang Kenanga 5")
    correct_online(contexts, server, *person, "Gang Anggrek 2")
    line.cut = False
    page.locator("[data-panel=outbox] [data-send]").click()
    page.locator("[data-items] li", has_text="perlu keputusan").get_by_role("link").click()
    page.locator("[data-choose-office]").click()
    expect(page.locator("[data-panel=outbox] h1")).to_be_visible()
    assert kept(page)["items"] == 0


def correct(page: Page, place: int, address: str) -> tuple[str, str]:
    """Puts away that the address of the resident at this place is another; number and name come back."""
    resident = page.locator("[data-residents] a").nth(place)
    number, name = str(resident.get_attribute("href")).rpartition("/")[2], resident.inner_text()
    resident.click()
    form = page.locator("form[data-event=correction]")
    page.locator("[data-panel=resident] summary", has_text="keliru tertulis").click()
    form.locator("[name=event_on]").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    form.locator("[name=address]").fill(address)
    form.get_by_role("button").last.click()
    expect(page.locator("[data-items] li")).to_contain_text("menunggu dikirim")
    return number, name


def correct_online(contexts: Any, server: Running, number: str, name: str, address: str) -> None:
    """Meanwhile a colleague of the same village corrects the address, and the kecamatan confirms it."""
    village = device.made(contexts, server.url, None).open("/sign-in/").sign_in("desa", SECRET)
    village.open(f"/reports/new/?person={number}&kind=correction").write("Address", address)
    village.page.locator("[name=event_on]").fill(f"{datetime.now(UTC):%Y-%m-%d}")
    village.press("Send the report")
    district = device.made(contexts, server.url, None).open("/sign-in/").sign_in("kecamatan", SECRET)
    district.open("/reports/waiting/").press("Confirm", name)


EVERYTHING = """async () => {
  const opened = await new Promise((done) => {
    const request = indexedDB.open('timpora');
    request.onsuccess = () => done(request.result);
  });
  const names = [...opened.objectStoreNames];
  const all = await Promise.all(names.map((name) => new Promise((done) => {
    const request = opened.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  })));
  opened.close();
  const stores = Object.fromEntries(names.map((name, place) => [name, all[place]]));
  return JSON.stringify({ ...stores, local: { ...localStorage }, session: { ...sessionStorage } });
}"""


def kept(page: Page) -> dict[str, int]:
    """How many rows of each kind lie on the phone."""
    held = json.loads(page.evaluate(EVERYTHING))
    return {name: len(held[name]) for name in ("people", "pockets", "items")}
