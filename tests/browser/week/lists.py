"""Three lists become one: each sent under its record, compared, its gaps closed, the agreed list fetched."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.device import Device
from tests.browser.week import Week
from tests.browser.week.kudus import (
    FAULTY,
    FILES,
    HERE,
    KUDUS,
    LIVING,
    agree,
    fill_in,
    look,
    send,
    truth,
    truth_lines,
)
from timpora.exchange.reasons import REASONS

CHECKED = ("imigrasi", "disnaker", "dukcapil")
REPORTED = {"1", "2"}  # the numbers of LIVING


def immigration_agrees_a_record_with_itself_and_sends_its_list(week: Week) -> None:
    hands = week.computer("office").press("Lists").press("Send a list")
    hands.sees("First, a record of what may be shared").press("Agree a record")
    fill_in(hands, "imigrasi", "permits")
    assert send(hands.press("Lists"), "imigrasi") == len(truth("imigrasi"))


def the_kecamatan_decides_whom_a_row_of_immigration_speaks_of(week: Week) -> None:
    hands = week.computer("kaliwungu").open("/").press("Decide a row")
    look(hands, "DA COSTA SOARES MARIA").press("The same person").sees("No row waits for you")
    week.rise(people=0, waiting=0, places=HERE)


def labour_sends_its_list_and_learns_which_row_is_to_be_put_right(week: Week) -> None:
    hands = week.join(week.phone("disnaker"), "disnaker-kudus", "ladang tebu malam").press("Lists")
    hands.press("Send a list").sees("First, a record of what may be shared")
    agree(week, "disnaker", "workers")
    assert send(hands.press("Lists"), "disnaker", faulty=1) == len(truth("disnaker"))
    wrong = hands.page.get_by_role("row", name=re.compile("^" + FAULTY))
    expect(wrong).to_be_visible()  # its faults have a line of their own, as wide as the table
    hands.sees("Tanggal lahir: Tanggal ini tidak ada dalam kalender.")


def the_civil_registry_sends_its_list(week: Week) -> None:
    hands = week.join(week.computer("dukcapil"), "dukcapil-kudus", "sumur tua bersih").press("Lists")
    hands.press("Send a list").sees("First, a record of what may be shared")
    agree(week, "disdukcapil", "domicile")
    assert send(hands.press("Lists"), "dukcapil") == len(truth("dukcapil"))


def the_lowest_tier_over_both_records_decides_what_is_left(week: Week) -> None:
    above = week.computer("office").open("/")
    assert above.button("Decide a row").count() == 0
    for who in ("kaliwungu", "kudus"):
        hands = week.computer(who).open("/")
        while hands.button("Decide a row").count():
            hands.press("Decide a row").page.locator("[data-queue-open]").first.click()
            above.open(hands.arrived().page.url)
            above.sees("The lowest tier that covers both records decides; you see what it is asked.")
            assert above.button("The same person").count() == 0
            hands.press("The same person").open("/")
    week.computer("office").open("/lists/identities/").sees("No row waits for you")
    week.rise(people=0, waiting=0, places=HERE)


def the_three_lists_are_compared_as_of_today(week: Week) -> None:
    hands = week.computer("kudus").press("Lists").press("Comparisons").press("Compare lists")
    hands.page.locator("main label", has_text="Kesbangpol").click()  # the old spreadsheet has had its day
    hands.press("Compare")
    table = hands.page.locator("table", has_text=hands.words("All persons"))
    persons = [int(number) for number in table.locator("tbody td.n").all_inner_texts()]
    assert sum(persons) == int(table.locator("tfoot td.n").inner_text()) == len(_differing()[0])
    found = Counter(
        line["Alasan"]
        for line in _gaps(hands)
        if hands.words("the verified residents") not in line["Yang berbeda"]
    )
    assert found == Counter(hands.words(REASONS[code].name) for code in _differing()[1])


def gaps_are_closed_one_by_one_and_together_and_one_is_opened_again(week: Week) -> None:
    hands = week.computer("kudus")
    comparison, whole = hands.page.url, int(hands.texts(".tally dd")[0])
    hands.page.get_by_role("link", name="Lin Yi-Chun").first.click()
    hands.arrived().sees("residence certificate not issued yet")
    hands.page.locator("[name=reason]").select_option("sktt_pending")
    hands.write("Note", "SKTT terbit Desember 2025").press("Close")
    hands.page.locator(".badge").first.get_by_text("ditutup").wait_for()
    hands.open(comparison).page.locator("select#reason").select_option("definition")
    hands.press("Show")
    chosen = hands.page.locator("input[name=gap]")
    for box in chosen.all():
        box.check()
    together = chosen.count()
    hands.page.locator("form[method=post] [name=reason]").select_option("definition")
    hands.press("Close the chosen ones").sees(f"{together} selisih ditutup.")
    assert [int(number) for number in hands.texts(".tally dd")] == [whole - 1 - together, 0, 1 + together]
    hands.open(f"{comparison}?state=closed").page.get_by_role("link", name="Lin Yi-Chun").first.click()
    hands.arrived().write("Why it is open again", "surat menyebut hari lain").press("Open again")
    numbers = [int(number) for number in hands.open(comparison).texts(".tally dd")]
    assert numbers == [whole - together, 0, together]
    hands.open(f"{comparison}minutes/").sees("Disdukcapil").sees_not("Lin Yi-Chun").open("/")


def the_agreed_list_is_fetched_for_a_purpose(week: Week) -> None:
    residents = week.computer("kudus").press("Lists").press("Agreed list")
    assert residents.number == len(LIVING)
    headings, named = _fetched(residents, "xlsx", "rapat Tim Pora")
    assert named == set(LIVING) and "Alamat tinggal" in headings
    own = week.phone("disnaker").press("Lists").press("Agreed list")
    own.press("Fetch").sees("Say what the list is needed for.")
    headings, named = _fetched(own, "csv", "pengawasan norma kerja")
    sent = CalamineWorkbook.from_path(FILES / "disnaker.xlsx").get_sheet_by_index(0).to_python()
    assert named == {row[1] for row in sent[2:-1]}  # the last row has the fault
    assert own.number == len(sent[2:-1])
    assert "Alamat tinggal" not in headings  # the record does not name it


def every_tier_counts_the_same_two(week: Week) -> None:
    week.rise(people=0, waiting=0, places=HERE)
    assert [week.figures[code].people for code in HERE[:3]] == [2, 2, 2]
    for who in ("bakalan", "kaliwungu", "kudus"):
        assert week.devices[who].open("/").number == 2
    assert week.phone("disnaker").open(f"/counts/{KUDUS}/").number == 2
    assert json.loads(week.installation.run("counts", KUDUS, "--json").stdout)["people"] == 2


def _differing() -> tuple[set[str], list[str]]:
    """Who stands in the three lists, and why these differ, as truth.csv has it; what residents' reports say
    of those who live here comes on top of that.
    """
    listed = [line for name in CHECKED for line in truth_lines(name)]
    lines = [line for line in listed if (line["list"], line["row"]) != ("disnaker", FAULTY)]
    told = {
        (line["person"], kind, *([other] if kind == "only_in" else sorted([line["list"], other])), reason)
        for line in lines
        for kind, other, reason in (word.split(":") for word in line["differences"].split())
        if line["person"] not in REPORTED or kind != "only_in"
    }
    return {line["person"] for line in lines}, [word[-1] for word in told]


def _gaps(hands: Device) -> list[dict[str, str]]:
    with hands.page.expect_download() as download:
        hands.button("CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _fetched(hands: Device, form: str, purpose: str) -> tuple[list[str], set[str]]:
    """The headings of the file and the names in it; its first and last line must say what for."""
    hands.write("What is it needed for?", purpose)
    hands.page.locator("[name=form]").select_option(form)
    with hands.page.expect_download() as download:
        hands.button("Fetch").click()
    content = Path(download.value.path())
    if form == "csv":
        rows = list(csv.reader(content.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    else:
        rows = CalamineWorkbook.from_path(content).get_sheet_by_index(0).to_python()
    first, last = rows[1][0], rows[-1][0]
    assert purpose in first and first == last
    persons = [row[0] for row in rows[2:-1] if any(row[1:])]  # a contributor's last line but one is a number
    assert len(persons) == hands.number
    return [str(heading) for heading in rows[0]], set(persons)
