"""The week's Kudus: where it is, what its agencies agree with the office, the files of docs/guides/lists."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.browser.device import Device
from tests.browser.week import Week
from tests.browser.week.office import OFFICE
from timpora.desk.world import handout

FILES = Path(__file__).parents[3] / "docs" / "guides" / "lists"
KUDUS, KALIWUNGU, VILLAGE = "33.19", "33.19.01", "33.19.01.2001"
SECRETARY, DISTRICT, OFFICER = "kab-kudus", "kec-kaliwungu", "desa-bakalankrapyak"
HERE = (VILLAGE, KALIWUNGU, KUDUS, OFFICE, "33", "ID")
LIVING = {
    "Lin Yi-Chun": {"year": "1988", "number": "XQ7300000"},
    "Maria da Costa Soares": {"year": "2003", "number": ""},
}
FAULTY = "27"  # the row of Labour's list with a day that no calendar has
PAPERS = {
    "Purpose": "Membandingkan daftar sampai semua instansi memakai satu daftar.",
    "Legal basis": "UU 27/2022 Pasal 20(2)e; Permenimipas 2/2025 Pasal 53",
    "Number of the agreement": "{kind}/PKS/2025 (contoh)",
    "Day of the agreement": "2025-11-03",
    "From": "2025-11-03",
    "Until": "2045-12-31",
    "Contact": "Sekretaris Tim Pora, (0291) 000-000",
}
PERSON = ("birth_date", "document_number")
FIELDS = {
    "own": (*PERSON, "address"),
    "permits": (*PERSON, "sex", "document_until", "permit_kind", "permit_until", "guarantor", "address"),
    "workers": (*PERSON, "sex", "employer", "job", "work_area", "rptka_until"),
    "domicile": (*PERSON, "sex", "permit_until", "address"),
}


def choose(hands: Device, content: bytes | Path, name: str = "") -> Device:
    """Chooses a file of the disk, or one of this content."""
    file = (
        content
        if isinstance(content, Path)
        else {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    hands.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    return hands


def truth(name: str) -> dict[str, str]:
    """Row → person of a file, as truth.csv has it."""
    return {line["row"]: line["person"] for line in truth_lines(name)}


def truth_lines(name: str) -> list[dict[str, str]]:
    """What truth.csv has of a file."""
    with (FILES / "truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return [line for line in csv.DictReader(file, delimiter=";") if line["list"] == name]


def agree(week: Week, giver: str, kind: str) -> None:
    """The immigration officer enters what the two offices have agreed in writing."""
    desk = week.computer("office").press("Lists").press("Records of what may be shared")
    fill_in(desk.press("Agree a record"), giver, kind)


def fill_in(desk: Device, giver: str, kind: str) -> None:
    """Fills in the form of a record and enters it."""
    desk.page.locator("[name=giver]").select_option(giver)
    desk.page.locator("[name=kind]").select_option(kind)
    for label, text in PAPERS.items():
        desk.write(label, text.format(kind=kind))
    for name in FIELDS[kind]:
        desk.page.locator(f"[name=fields_][value={name}]").check()
    desk.press("Enter the record").sees("in force")


def send(hands: Device, name: str, *, faulty: int = 0) -> int:
    """Brings a file as far as its receipt; how many rows it has. The dry run must find `faulty` ones."""
    hands.press("Send a list")
    form = hands.page.locator("main form")
    if not form.locator("[name=area]").input_value():
        form.locator("[name=area]").select_option(KUDUS)
    form.locator("[name=as_of]").fill(handout.DAY.isoformat())
    hands.choose("What it holds", "The whole list")
    choose(hands, FILES / f"{name}.xlsx").press("Look at the columns")
    hands.press("Show what each row would become").sees("nothing is taken in yet")
    assert int(hands.texts(".tally dd")[-1]) == faulty
    rows = hands.number
    hands.page.locator("form[action$='/commitment/'] button").click()
    hands.arrived().sees("Receipt (PDF)")
    return rows


def look(hands: Device, name: str) -> Device:
    """Opens the line of somebody's name."""
    hands.page.get_by_role("link", name=name, exact=True).click()
    return hands.arrived()
