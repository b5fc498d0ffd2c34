"""A lodging: opened by the kecamatan, kept by its owner; a guest is a visitor and no resident."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.week import Week

HOUSE, OWNER = "Hotel Contoh Prawoto", "hotel-contoh-prawoto"
GUEST = "Brannagh Wixolt"
TABLET = {"width": 800, "height": 1280}


def the_kecamatan_opens_a_lodging_and_invites_its_owner(week: Week) -> None:
    desk = week.phone("successor").open("/").press("Lodgings").sees("No lodgings yet")
    desk.press("Open a lodging").write("Name of the lodging", HOUSE).choose("Kind", "hotel")
    desk.find("Village", "prawo", "Prawoto")
    desk.write("Address of the lodging", "Jl. Contoh 1, RT 01/RW 01").press("Open")
    desk.sees("Nobody yet.").write("Name of the host", "Ibu Rekaan").press("Invite")
    assert week.keep_slips(desk) == 1


def the_owner_checks_a_guest_in_on_a_tablet(week: Week) -> None:
    week.figures = week.count()
    hands = week.phone("tablet", viewport=TABLET)
    week.join(hands, OWNER, "640283").sees("No foreign guest at present").press("Check a guest in")
    hands.write("Name as printed in the passport", GUEST).find("Nationality", "irland", "Irlandia")
    hands.choose("Sex", "female").write("Document number", "XQ7654321")
    hands.page.locator("[name$=birth_date_year]").fill("1971")
    hands.page.locator("main .button--main").click()
    hands.arrived().sees("Guests checked in").sees(GUEST)
    week.rise(people=0, waiting=0, visitors=1)


def the_owner_fetches_the_receipt(week: Week) -> None:
    hands = week.devices["tablet"]
    with hands.page.expect_download() as download:
        hands.button("Receipt (PDF)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    hands.press("Done").sees(GUEST)
    assert hands.number == 1
    hands.press("Receipts")
    expect(hands.page.locator("main .list a")).to_have_count(1)


def the_kecamatan_reads_who_is_a_guest(week: Week) -> None:
    desk = week.phone("successor").open("/").press("Lodgings").press("Who is a guest today")
    desk.sees(GUEST).sees(HOUSE)
    assert desk.number == 1
