"""The first day: from an empty machine to printed slips."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.spreadsheet import filled
from tests.browser.week import Week
from tests.browser.week.office import LETTERHEAD, NAME, OFFICE, TEAM, WRONG_AREA, members

PASSWORD = "pagar kebun mangga"


def an_empty_machine_is_made_ready_by_one_command(week: Week) -> None:
    said = week.installation.run("init").stdout
    found = re.search(r"one-time code\s+(\S+)", said)
    assert found, said
    week.code = found[1]
    assert "missing   office" in said
    week.started = week.installation.start()


def the_operator_comes_in_with_the_code_of_the_slip(week: Week) -> None:
    hands = week.computer("operator").open("/join/")
    hands.write("One-time code on your slip", week.code).press("Go on")
    hands.write("New password", "terlalu").write("The same once more", "terlalu").press("Save and sign in")
    hands.sees("Your post needs a password of at least ten characters; a PIN is not enough.")
    hands.write("New password", PASSWORD).write("The same once more", PASSWORD).press("Save and sign in")
    hands.press("Open the checklist").sees("name, class and province")


def the_operator_opens_the_office_and_says_what_it_answers_for(week: Week) -> None:
    hands = _next(week.computer("operator"), "Immigration office")
    hands.write("Name of the office", NAME).write("Class", "Kelas I Non TPI")
    hands.write("Place on letters", "Pati")
    hands.write("Province", "Jawa Tegah").press("Open the office")
    expect(hands.page.locator(".field-error")).to_contain_text("Jawa Tengah")
    hands.find("Province", "jawa teng", "Jawa Tengah").press("Open the office")
    hands.find("Kabupaten or kota", "33.18", "Pati").press("Add")
    hands.page.locator("main details summary").click()
    hands.tick("Kabupaten Jepara").tick("Kabupaten Blora").press("Add")
    assert hands.texts("ul.list li span.soft") == ["33.16", "33.18", "33.20"]


def the_operator_agrees_to_letterhead_tiers_and_days(week: Week) -> None:
    hands = _next(week.computer("operator"), "Letterhead")
    hands.page.locator("textarea").fill(LETTERHEAD)
    hands.press("Show on paper")
    assert hands.texts(".letterhead p") == LETTERHEAD.splitlines()
    hands.press("Agree and go on")
    _next(hands, "Verifying tiers").press("Agree and go on")
    _next(hands, "Days and limits")
    hands.page.locator("[name=due_day]").fill("7")
    hands.press("Agree and go on").sees_not("due day and other days; proposed by practice")


def without_an_e_mail_server_slips_are_handed_over(week: Week) -> None:
    hands = week.computer("operator").press("E-mail")
    hands.sees(
        "No e-mail server is set: links and slips are shown to hand over. Nothing else is missing; nobody"
        " needs an e-mail address to sign in."
    )


def the_operator_enters_the_team_with_its_decree(week: Week) -> None:
    hands = _next(week.computer("operator"), "First team")
    for label, text in TEAM.items():
        hands.write(label, text)
    hands.press("Enter the team").sees("The team is entered.")


def fifty_members_come_in_by_a_spreadsheet_once_its_wrong_row_is_mended(week: Week) -> None:
    hands = _next(week.computer("operator"), "Members").press("Bring in a list")
    with hands.page.expect_download() as download:
        hands.button("Download the form to fill in (XLSX)").click()
    template = Path(download.value.path()).read_bytes()
    _send(hands, filled(template, members(wrong=True)))
    assert hands.texts(".tally dd") == ["49", "0", "0", "1"]
    wrong = hands.page.locator("section", has=hands.page.locator("#faulty"))
    expect(wrong).to_contain_text("4")  # the row's number in the spreadsheet
    expect(wrong).to_contain_text("Anggota Rekaan 03")
    assert WRONG_AREA not in hands.page.locator(".crumbs").inner_text()
    hands.press("Send another file")
    _send(hands, filled(template, members()))
    assert hands.texts(".tally dd") == ["50", "0", "0", "0"]
    hands.page.locator("form[action$='/rows/'] button").click()
    hands.arrived()
    assert hands.path == "/team/slips/"


def the_slips_of_a_kecamatan_come_in_one_print_and_then_all_others(week: Week) -> None:
    hands = week.computer("operator")
    hands.page.locator("li", has_text="Sukolilo").get_by_role("button").click()
    hands.arrived()
    assert week.keep_slips(hands) == 19  # sixteen villages, the secretary, Polsek and Koramil
    assert hands.page.locator("section.a4").count() == 4
    hands.page.emulate_media(media="print")
    expect(hands.page.locator(".no-print").first).to_be_hidden()
    expect(hands.page.locator(".slip-code").first).to_be_visible()
    hands.page.emulate_media(media="screen")
    for place in range(hands.open("/team/slips/").page.locator("main li").count()):
        row = hands.open("/team/slips/").page.locator("main li").nth(place)
        if "Sukolilo" not in row.inner_text():
            row.get_by_role("button").click()
            hands.arrived()
            week.keep_slips(hands)
    assert len(week.slips) == 50
    hands.open(f"/setup/{OFFICE}/").sees("The office can begin to work.")


def _next(hands: Device, step: str) -> Device:
    """Presses "Next: …" of the checklist, which must name this step."""
    if hands.page.locator("a", has_text=re.compile("^" + hands.words("Back to the checklist"))).count():
        hands.press("Back to the checklist")
    name = hands.words("Next: %(step)s") % {"step": hands.words(step)}
    hands.page.get_by_role("link", name=name, exact=True).click()
    return hands.arrived()


def _send(hands: Device, content: bytes) -> None:
    file = {"name": "anggota.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    hands.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    hands.press("Show what would change")
