"""Posts and people change: a vacancy is covered, two villages speak of one person, a post is handed over."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.week import PLACES, Week
from tests.browser.week.office import OFFICE, PASSPORT
from tests.browser.week.reporting import DISTRICT, fill

PERSON = "Park Min-seo"
JIMBARAN, WEGIL, REGENCY = "desa-jimbaran", "desa-wegil", "kab-pati"
ABOVE = ("33.18", OFFICE, "33", "ID")  # what stands over both kecamatan
SUCCESSOR = "Anggota Rekaan Pengganti"


def a_kecamatan_falls_vacant_and_the_kabupaten_confirms_for_it(week: Week) -> None:
    village = week.join(week.phone("jimbaran"), JIMBARAN, "617402").press("Report a foreign national")
    fill(village, PERSON, "Korea Selatan", "mess PT Kayen Jaya, RT 03/RW 02", **PASSPORT)
    village.press("Send the report")
    week.figures = week.count()
    desk = week.join(week.computer("regency"), REGENCY, "jembatan lontar sore")
    desk.open("/reports/waiting/").sees("Nothing waits for you")
    desk.press("Team").page.get_by_role("link", name="Sekretaris Kecamatan, Kecamatan Kayen").click()
    desk.arrived().page.locator("details summary", has_text=desk.words("End this mandate")).click()
    desk.press("End it now").sees("vacant")
    desk.open("/reports/waiting/")
    desk.page.get_by_role("link", name=PERSON, exact=True).click()
    desk.arrived().sees("You would confirm for a vacant post; the confirmation is marked so.")
    desk.press("Confirm")
    week.rise(people=1, waiting=-1, places=ABOVE)
    village.open("/reports/").page.get_by_role("link", name=PERSON).click()
    marked = village.words("%(post)s confirmed it for a vacant post.") % {"post": ""}
    village.arrived().sees("verified").sees(marked.strip())


def two_villages_claim_one_person_who_is_counted_once(week: Week) -> None:
    village = week.join(week.phone("wegil"), WEGIL, "358260").press("Report a foreign national")
    fill(village, "PARK MINSEO", "Korea Selatan", "kos Ibu Tutik, RT 01/RW 01", **PASSPORT)
    village.press("Send the report")
    week.figures = week.count()
    district = week.computer("district").open("/reports/waiting/")
    district.press("Confirm", "PARK MINSEO").sees("1 laporan dikonfirmasi.")
    week.rise(people=0, waiting=-1, places=PLACES[1:])


def the_village_answers_and_the_kabupaten_decides(week: Week) -> None:
    first = week.phone("jimbaran").open("/claims/")
    assert len(first.texts("[data-queue-item]")) == 1
    first.page.locator("[data-queue-open]").click()
    first.arrived().press("Yes, still lives here")
    desk = week.computer("regency").open("/claims/")
    assert len(desk.texts("[data-queue-item]")) == 1
    desk.page.locator("[data-queue-open]").click()
    desk.arrived().sees("Desa Jimbaran").press("Stays where counted")
    expect(desk.page.locator(".badge--sure")).to_be_visible()
    week.rise(people=0, waiting=0)
    second = week.phone("wegil").open("/")
    assert second.number == 0


def a_post_is_handed_over_while_its_holder_is_at_work(week: Week) -> None:
    village = week.phone("shared").open("/reports/new/")
    fill(village, "Oyuna", "Mongolia", "rumah Ibu Sri, RT 02/RW 01")
    village.press("Send the report")
    week.figures = week.count()
    old = week.computer("district").open("/reports/waiting/").sees("Oyuna")
    desk = week.computer("regency").press("Team")
    desk.page.get_by_role("link", name="Sekretaris Kecamatan, Kecamatan Sukolilo").click()
    desk.arrived().press("Hand over").write("Name", SUCCESSOR).press("Hand over now")
    assert week.keep_slips(desk) == 1
    old.press("Confirm", "Oyuna")
    assert old.page.locator(".nav").count() == 0
    old.open("/").sees("You hold no post at present")
    week.rise(people=0, waiting=0)


def the_successor_finds_what_waits_and_goes_on(week: Week) -> None:
    name = next(name for name in week.slips if name.startswith(DISTRICT) and name != DISTRICT)
    new = week.join(week.phone("successor"), name, "579130").press("Confirm reports")
    new.press("Confirm", "Oyuna").sees("Nothing waits for you")
    week.rise(people=1, waiting=-1)
