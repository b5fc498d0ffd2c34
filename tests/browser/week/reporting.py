"""A village at work: a PIN on a shared phone, a report, nil, the queue, and six figures that rise by one."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.week import PLACES, Figures, Week
from tests.browser.week.office import KECAMATAN, VILLAGE

FIRST, SECOND, PLAIN = "desa-prawoto", "desa-pakem", "desa-kuwawur"
DISTRICT = "kec-sukolilo"
RESIDENT = "Baatar Erdene"
SHARED = "This phone is shared: offer my user name here next time"
MOST_TAPS, MOST_REQUIRED = 25, 6


def a_village_officer_chooses_a_pin_by_the_slips_link(week: Week) -> None:
    hands = week.phone("shared").open(f"/join/{week.slips[FIRST].replace('-', '')}/")
    hands.write("New PIN", "123456").write("The same once more", "123456").press("Save and sign in")
    hands.sees("This PIN is one of the first that a stranger tries. Choose one without a pattern.")
    week.join(hands, FIRST, "481526").sees("Nobody is registered here yet")
    hands.leave().open(f"/join/{week.slips[FIRST].replace('-', '')}/")
    expect(hands.page.locator(".field-error")).to_be_visible()  # the code has worked once


def two_officers_share_one_phone_and_switch_with_their_pins(week: Week) -> None:
    hands = week.phone("shared").open("/sign-in/").tick(SHARED).sign_in(FIRST, "481526")
    week.join(hands.leave(), SECOND, "739418")
    hands.leave().tick(SHARED)
    hands.write("Somebody else: user name or phone number", SECOND)
    hands.write("PIN or password", "739418").press("Sign in")
    assert "Pakem" in hands.page.locator(".who-place").inner_text()
    hands.leave().choose("Who signs in?", FIRST).write("PIN or password", "739418").press("Sign in")
    expect(hands.page.locator(".errors")).to_be_visible()  # the neighbour's PIN does not open it
    hands.choose("Who signs in?", FIRST).write("PIN or password", "481526").press("Sign in")
    assert "Prawoto" in hands.page.locator(".who-place").inner_text()


def the_reader_of_the_office_sees_that_nobody_is_counted_yet(week: Week) -> None:
    week.join(week.computer("office"), "inteldakim", "sungai juwana pagi")
    week.figures = week.count()
    assert week.figures == week.count_by_command() == dict.fromkeys(PLACES, Figures(0, 0))


def the_village_reports_a_resident_with_few_taps(week: Week) -> None:
    hands = week.phone("shared").open("/")
    hands.taps = 0
    hands.press("Report a foreign national")
    asked = hands.page.locator("main form [required]")
    required = set(asked.evaluate_all("found => found.map(each => each.name)"))
    assert 0 < len(required) <= MOST_REQUIRED, required
    fill(hands, RESIDENT, "Mongolia", "rumah Ibu Sri, RT 02/RW 01")
    hands.press("Send the report")
    assert 5 <= hands.taps <= MOST_TAPS
    hands.sees("Report sent. Your receipt:").sees(RESIDENT)
    week.rise(people=0, waiting=1)
    hands.press("Done").press("Reports").sees(RESIDENT)
    assert hands.texts("main .list .badge") == [hands.words("waits for the %(tier)s") % {"tier": "kecamatan"}]


def another_village_signs_nil_for_last_month(week: Week) -> None:
    hands = week.phone("shared").leave()
    hands.choose("Who signs in?", SECOND).write("PIN or password", "739418").press("Sign in")
    # The month is the page's: midnight may end another one while the week goes on.
    hands.page.locator("a[href*='/returns/33.18.01.2002/2']").last.click()
    month = hands.arrived().path.split("/")[-2]
    hands.press("Sign nil").sees("Nil is signed. Thank you.")
    expect(hands.page.locator(".badge--nihil")).to_be_visible()
    hands.open(f"/returns/{VILLAGE}/{month}/")
    assert hands.page.locator("form[action*='nil']").count() == 0  # the neighbour's month does not exist here
    week.rise(people=0, waiting=0)


def the_secretary_confirms_by_keyboard_undoes_and_confirms_again(week: Week) -> None:
    hands = week.join(week.computer("district"), DISTRICT, "905317").press("Confirm reports")
    hands.page.keyboard.press("j")
    expect(hands.page.locator(".queue-here")).to_contain_text(RESIDENT)
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("h1")).to_have_text(RESIDENT)
    hands.arrived().press("Confirm").sees("1 laporan dikonfirmasi.")
    hands.press("Undo").sees("The confirmation was taken back; the report waits again.")
    week.rise(people=0, waiting=0)
    hands.page.keyboard.press("j")
    hands.page.keyboard.press("x")
    expect(hands.page.locator("input[name=report]")).to_be_checked()
    hands.press("Confirm the selected ones").sees("Nothing waits for you")
    week.rise(people=1, waiting=-1)


def every_tier_shows_the_same_one_person(week: Week) -> None:
    assert week.count() == week.count_by_command() == dict.fromkeys(PLACES, Figures(1, 0))
    district = week.computer("district").open(f"/counts/{KECAMATAN}/")
    row = district.page.get_by_role("row", name=re.compile("Prawoto"))
    expect(row.locator("td.n").first).to_have_text("1")
    hands = week.phone("shared").leave()
    hands.choose("Who signs in?", FIRST).write("PIN or password", "481526").press("Sign in").sees(RESIDENT)
    assert hands.number == 1
    hands.sees("verified")


def a_village_and_its_secretary_do_it_all_without_scripts(week: Week) -> None:
    hands = week.join(week.phone("plain", java_script_enabled=False), PLAIN, "264091")
    hands.open("/reports/new/")
    fill(hands, "Tsetseg", "Mongolia", "rumah Bapak Joko, RT 01/RW 04", choose=False)
    hands.press("Send the report").sees("Report sent. Your receipt:")
    week.rise(people=0, waiting=1, places=PLACES[1:])
    desk = week.phone("plain district", java_script_enabled=False).open("/sign-in/")
    desk.sign_in(DISTRICT, "905317")
    desk.open("/reports/waiting/").press("Confirm", "Tsetseg").sees("Nothing waits for you")
    week.rise(people=1, waiting=-1, places=PLACES[1:])


def fill(hands: Device, name: str, country: str, address: str, *, choose: bool = True, **more: str) -> None:
    """The six things to say; `more` are fields of the part that is folded away."""
    hands.choose("What do you report?", "lives here").write("Name as printed in the passport", name)
    if choose:
        hands.find("Nationality", country[:5], country)
    else:
        hands.write("Nationality", country)
    hands.choose("Sex", "female").write("Address", address)
    year = hands.page.locator("[name=birth_date_year]:visible")
    year.click()
    year.fill("1991")
    if more:
        hands.press("More, if you know it: document, permit, work, guarantor, family")
    for label, text in more.items():
        field = hands.field(label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            hands.write(label, text)
