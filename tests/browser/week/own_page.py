"""A foreign national's own page: opened by a slip, two questions and nothing else; a correction is asked."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.week import Week
from tests.browser.week.office import PASSPORT
from tests.browser.week.posts import PERSON

NOW = "PARK MINSEO"  # as the village wrote it that reported last
BORN = ("3", "5", "1991")  # the register knows the year, and no more is compared
WRONG = "My name is Park Min-seo, as in my passport."
ANSWER = "Nama sudah ditulis seperti di paspor."
NUMBER = "The last four characters of the number of your passport or other document"


def a_village_officer_gives_the_link(week: Week) -> None:
    hands = week.phone("jimbaran").open("/").press(NOW).press("Their own page")
    hands.press("Give a link").sees("Link to copy:")
    expect(hands.page.get_by_role("img", name=hands.words("QR code of the link"))).to_be_visible()
    hands.sees_not(NOW)
    week.slips[PERSON] = hands.page.locator(".notice code").inner_text()


def the_person_opens_it_in_english_and_answers_two_questions(week: Week) -> None:
    hands = week.phone("foreigner", language="en").open(week.slips[PERSON]).sees("Is it you?")
    assert hands.path == "/my-data/"  # the code has left the address
    _answer(hands, "0000")
    expect(hands.page.locator(".errors")).to_be_visible()
    _answer(hands, PASSPORT["Document number"][-4:]).sees("What is held about you").sees(NOW)
    hands.sees_not(PASSPORT["Document number"]).sees_not("mess PT Kayen Jaya")


def the_person_asks_for_a_correction(week: Week) -> None:
    hands = week.devices["foreigner"].press("Something is wrong")
    hands.write("What is it about?", WRONG).press("Send").sees("waits for an answer")


def the_kabupaten_corrects_it_and_answers(week: Week) -> None:
    desk = week.computer("regency").open("/").press("Answer a request")
    desk.page.locator("main .list a").first.click()
    desk.arrived().sees(WRONG).press("Correct a value").page.locator("[name=names]").fill(PERSON)
    desk.write("Why is this right?", "paspor dilihat di kantor").press("Save the correction").sees(PERSON)
    desk.open("/").press("Answer a request").page.locator("main .list a").first.click()
    desk.arrived().page.locator("label.answer", has=desk.page.locator("[value=done]")).click()
    desk.write("Reason, for the person to read", ANSWER).press("Answer and close")
    desk.sees("No request waits for you")


def the_person_reads_the_answer(week: Week) -> None:
    hands = week.devices["foreigner"].open("/my-data/").sees(ANSWER).sees(PERSON)
    hands.press("Close this page").sees("Code on your slip")
    week.rise(people=0, waiting=0)


def _answer(hands: Device, number: str) -> Device:
    """Answers both questions; the date of birth is right."""
    for part, text in zip(("day", "month", "year"), BORN, strict=True):
        hands.page.locator(f"[name=birth_date_{part}]").fill(text)
    return hands.write(NUMBER, number).press("Show my data")
