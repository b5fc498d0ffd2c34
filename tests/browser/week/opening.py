"""The opening balance: a kabupaten joins with its secretary's old spreadsheet, a village answers for it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.spreadsheet import filled
from tests.browser.week import Week
from tests.browser.week.kudus import (
    DISTRICT,
    HERE,
    KALIWUNGU,
    KUDUS,
    LIVING,
    OFFICER,
    SECRETARY,
    VILLAGE,
    agree,
    choose,
    look,
    send,
    truth,
)
from tests.browser.week.office import OFFICE, SINCE

# user name, agency, role, area, post
JOINING = (
    ("", "Desa/Kelurahan", "", VILLAGE, "Sekretaris Desa"),
    ("", "Kecamatan", "", KALIWUNGU, "Sekretaris Kecamatan"),
    ("", "Kesbangpol", "sekretaris kabupaten/kota", KUDUS, "Sekretaris Tim Pora"),
    ("disnaker-kudus", "Disnaker", "", KUDUS, "Kepala Bidang Penempatan Tenaga Kerja"),
    ("dukcapil-kudus", "Disdukcapil", "", KUDUS, "Kepala Bidang Pelayanan Pendaftaran Penduduk"),
)


def a_kabupaten_joins_the_office_with_five_members(week: Week) -> None:
    hands = week.computer("operator").open(f"/setup/{OFFICE}/jurisdiction/")
    hands.find("Kabupaten or kota", "33.19", "Kudus").press("Add")
    assert KUDUS in hands.texts("ul.list li span.soft")
    hands.open("/team/import/")
    with hands.page.expect_download() as download:
        hands.button("Download the form to fill in (XLSX)").click()
    content = filled(Path(download.value.path()).read_bytes(), [_member(*each) for each in JOINING])
    choose(hands, content, "anggota.xlsx").press("Show what would change")
    assert hands.texts(".tally dd") == ["5", "0", "0", "0"]
    hands.page.locator("form[action$='/rows/'] button").click()
    hands.arrived()
    for place in ("Kaliwungu", "Kudus"):
        hands.open("/team/slips/").page.locator("main li", has_text=place).get_by_role("button").click()
        week.keep_slips(hands.arrived())
    assert {SECRETARY, DISTRICT, OFFICER, "disnaker-kudus", "dukcapil-kudus"} <= set(week.slips)


def without_a_record_the_secretary_learns_how_to_come_by_one(week: Week) -> None:
    hands = week.join(week.computer("kudus"), SECRETARY, "menara bata senja").press("Lists")
    hands.press("Send a list").sees("First, a record of what may be shared")
    hands.sees(
        "Please ask the chair or the immigration officer of your team: they enter it. Take the agreement or"
        " minutes with its number along."
    )
    agree(week, "kesbangpol", "own")


def the_secretary_opens_the_balance_with_an_old_spreadsheet(week: Week) -> None:
    assert send(week.computer("kudus").press("Lists"), "opening") == len(truth("opening"))


def two_namesakes_are_told_apart_by_somebody_who_did_not_send_them(week: Week) -> None:
    sender = week.computer("kudus").open("/")
    assert sender.button("Decide a row").count() == 0
    sender.open("/lists/identities/").sees("No row waits for you")
    office = look(week.computer("office").open("/").press("Decide a row"), "Wang Wei")
    sender.open(office.page.url).sees("You sent this list, so somebody else decides.")
    assert sender.button("Somebody else").count() == 0
    office.press("Somebody else")
    week.computer("office").sees("No row waits for you")
    said = json.loads(week.installation.run("counts", KUDUS, "--json").stdout)
    assert (said["people"], said["known_by_list"]) == (0, len(truth("opening")))


def the_village_answers_for_each_with_its_first_return(week: Week) -> None:
    week.figures = week.count(HERE)
    hands = week.join(week.phone("bakalan"), OFFICER, "582947")
    hands.page.locator(f"main a[href*='/returns/{VILLAGE}/2']").first.click()
    week.first_return = hands.arrived().path
    hands.sees(
        "An agency's list says that they live in your village. Nobody has reported them. Do you know them?"
    )
    for name, more in LIVING.items():
        _answer(hands, name, "Lives here: report")
        expect(hands.field("Name as printed in the passport")).to_have_value(name)
        _report(hands, **more)
        hands.open(week.first_return)
    for name, word in (("Achterberg, Joost", "Not known here"), ("OYELARAN BUKOLA", "Has left")):
        _answer(hands, name, word).sees("Thank you, noted.")
    hands.sees("No question for you").press("To the monthly returns")
    week.rise(people=0, waiting=2, places=HERE)


def the_kecamatan_decides_who_is_who_and_confirms(week: Week) -> None:
    desk = week.join(week.computer("kaliwungu"), DISTRICT, "836150").press("Confirm reports")
    desk.press("Confirm", "Lin Yi-Chun")
    week.rise(people=1, waiting=-1, places=HERE)
    desk.press("Confirm", "Maria da Costa Soares")
    desk.press("See what is to be decided")
    desk.page.locator("[data-queue-open]").click()
    desk.arrived().press("The same person")
    week.rise(people=1, waiting=-1, places=HERE)


def the_first_return_is_sent(week: Week) -> None:
    hands = week.phone("bakalan").open(week.first_return)
    still = re.compile(hands.words("still here"), re.I)
    for answer in hands.page.locator("#answers label", has_text=still).all():
        answer.click()
    hands.page.locator("#answers button.button--main").click()
    hands.arrived().sees("The return is signed. Thank you.")


def _member(username: str, agency: str, role: str, area: str, title: str) -> dict[str, str]:
    return {
        "Nama": f"Anggota Rekaan {title}", "Instansi": agency, "Kode wilayah atau nama wilayah": area,
        "Jabatan": title, "Mulai": SINCE.isoformat(), "Nama pengguna": username, "Peran": role,
    }  # fmt: skip


def _answer(hands: Device, name: str, word: str) -> Device:
    row = hands.page.locator("#questions li", has_text=name)
    row.get_by_role("button", name=hands.words(word), exact=True).click()
    return hands.arrived()


def _report(hands: Device, *, year: str, number: str) -> None:
    """What the list has not told already."""
    hands.choose("Sex", "female")
    hands.page.locator("[name=birth_date_year]").fill(year)
    hands.write("Living here since", SINCE.isoformat())
    if number:
        hands.press("More, if you know it: document, permit, work, guarantor, family")
        hands.field("Document").select_option("passport")
        hands.write("Issued by", "TWN")
        hands.write("Document number", number)
    hands.press("Send the report").sees("Report sent. Your receipt:")
