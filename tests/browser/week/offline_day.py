"""A day without network: the village is taken along, a report waits in the phone, and is counted once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.week import Week
from tests.browser.week.reporting import FIRST, RESIDENT, fill

FOUND = "Sarnai Bold"
RECEIPT = re.compile(r"L\d{4}-\d{6}")


def an_officer_prepares_the_phone_for_the_yards(week: Week) -> None:
    hands = week.phone("yard", url=week.line.url).open("/sign-in/").sign_in(FIRST, week.secrets[FIRST])
    hands.press("Take the village along to where there is no network")
    hands.write("Your PIN or password, once more", week.secrets[FIRST]).press("Prepare this phone")
    hands.sees(RESIDENT).sees("This phone opens the village without network.")


def a_report_is_written_where_there_is_no_network(week: Week) -> None:
    week.figures = week.count()
    hands = week.devices["yard"]
    week.line.cut = True
    hands.page.context.set_offline(True)
    hands.open("/")  # whatever is asked for, the pocket answers
    hands.write("PIN or password", week.secrets[FIRST]).press("Open").sees(RESIDENT)
    hands.press("Report a foreign national")
    fill(hands, FOUND, "Mongolia", "rumah Bapak Wagiman, RT 03/RW 02", choose=False)
    hands.press("Put away for sending")
    hands.sees(FOUND).sees("waits to be sent").sees("1 waits on this phone to be sent")
    week.rise(people=0, waiting=0)


def the_network_comes_back_and_loses_one_answer(week: Week) -> None:
    hands = week.devices["yard"]
    week.line.swallows = "POST /outbox/items/"  # the server accepts it, and the phone does not hear of it
    week.line.cut = False
    hands.page.context.set_offline(False)
    hands.sees("Nothing waits on this phone.").press("What did I send?").sees("accepted")
    expect(hands.page.locator("[data-receipts] li")).to_have_count(1)
    expect(hands.page.locator("[data-receipts] li")).to_contain_text(RECEIPT)
    assert week.line.lost and not week.line.swallows
    week.rise(people=0, waiting=1)


def the_kecamatan_confirms_what_came_from_the_yard(week: Week) -> None:
    week.phone("successor").open("/").press("Confirm reports").press("Confirm", FOUND)
    week.rise(people=1, waiting=-1)
    hands = week.devices["yard"].press("Online").press("Reports")
    hands.sees(FOUND, times=1)
