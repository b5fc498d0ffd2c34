"""A foreign national's own page: opened by a slip, two questions and nothing else; a correction is asked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.device import PHONE
from tests.browser.week import Week
from tests.browser.week.office import PASSPORT
from tests.browser.week.posts import PERSON

BORN = ("3", "5", "1991")  # the register knows the year, and so no more is compared
WRONG = "My given name is Minseo, written as one word."
ANSWER = "Nama ditulis seperti di paspor."


def a_village_officer_gives_the_link(week: Week) -> None:
    hands = week.phone("jimbaran").open("/").press(PERSON).press("Their own page")
    hands.press("Give a link").sees("Link to copy:")
    expect(hands.page.get_by_role("img", name=hands.words("QR code of the link"))).to_be_visible()
    assert PERSON not in hands.page.locator("main").inner_text()
    week.slips[PERSON] = hands.page.locator(".notice code").inner_text()


def the_person_opens_it_in_english_and_answers_two_questions(week: Week) -> None:
    hands = week.phone("foreigner", language="en").open(week.slips[PERSON]).sees("Is it you?")
    assert hands.path == "/my-data/"  # the code has left the address
    _answer(week, number="0000").sees("after five wrong answers")
    _answer(week, number=PASSPORT["Document number"][-4:]).sees("What is held about you").sees(PERSON)
    hands.sees_not(PASSPORT["Document number"]).sees_not("mess PT Kayen Jaya")


def the_person_asks_for_a_correction(week: Week) -> None:
    hands = week.devices["foreigner"].press("Something is wrong")
    hands.write("What is it about?", WRONG).press("Send").sees("waits for an answer")


def the_kabupaten_answers_it(week: Week) -> None:
    desk = week.computer("regency").open("/").press("Answer a request")
    desk.page.locator("main .list a").first.click()
    desk.arrived().sees(WRONG).choose("What became of it?", "done")
    desk.write("Reason, for the person to read", ANSWER).press("Answer and close")
    desk.sees("No request waits for you")


def the_person_reads_the_answer(week: Week) -> None:
    hands = week.devices["foreigner"].open("/my-data/").sees(ANSWER)
    hands.press("Close this page").sees("Code on your slip")


def _answer(week: Week, *, number: str):
    hands = week.devices["foreigner"]
    for part, text in zip(("day", "month", "year"), BORN, strict=True):
        hands.page.locator(f"[name=birth_date_{part}]").fill(text)
    hands.write("The last four characters of the number of your passport or other document", number)
    return hands.press("Show my data")
