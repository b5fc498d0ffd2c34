"""The lists of docs/guides/lists: the demo's three as of a fixed day, an officer's spreadsheet, the truth.

Permits end years after that day, so that the files tell the same story whenever somebody takes them up.
`write` makes them anew, in a shell of any installation: only the names of areas come from its database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from timpora.desk.world import lists
from timpora.desk.world.lists import HEADINGS, Listed
from timpora.desk.world.people import Resident, of_kudus
from timpora.sheets import Cell, Column, csv, xlsx

DAY = date(2025, 12, 1)
LONGER = timedelta(days=5 * 365)
ENDS = ("permit_until", "visa_until", "rptka_until")
OPENING = "opening"
ABOVE = 2  # rows of the sheet above the first person: the title and the headings
TITLES = {
    "imigrasi": "DAFTAR PEMEGANG IZIN TINGGAL", "disnaker": "DATA TENAGA KERJA ASING",
    "dukcapil": "DAFTAR PEMEGANG SKTT", OPENING: "CATATAN ORANG ASING",
}  # fmt: skip
OLD = ("NO", "NAMA ORANG ASING", "TTL", "ASAL NEGARA", "PASPOR", "ALAMAT", "DESA", "KEC", "KET")
# Whom the old spreadsheet holds, by the Latin part of the name: with the passport's number, or without.
NOTED = {
    "Lin Yi-Chun": True, "Maria da Costa Soares": False, "Nguyễn Thị Ánh": True, "Kwame Mensah": True,
    "Wang Wei": True, "Chen Guoqiang": True, "Thiri Aung": True, "Ahmet Yılmaz": True,
    "Ólafur Jónsson": True,
}  # fmt: skip
GONE = (
    ("Achterberg, Joost", "3-4-1970", "Belanda", "", "rumah Bapak Hartono", "cek ulang"),
    ("OYELARAN BUKOLA", "1988", "Nigeria", "XR9900404", "kos Ibu Wati", "katanya sudah pulang"),
)
# One row of Labour's list has a day of birth that no calendar has; its number counts nobody else.
FAULTY = ("Ngo Thi Lan", "31/02/1988", "P", "Vietnam", "XR7700550", "PT Gebog Tekstil", "penjahit",
          "Kab. Kudus", "")  # fmt: skip
TRUTH = tuple(Column(name, name) for name in ("list", "row", "person", "differences"))


def people() -> list[Resident]:
    """The forty-eight of Kudus as of the fixed day, with papers that hold for years after it."""
    return [_longer(resident) for resident in of_kudus(DAY)]


def _longer(resident: Resident) -> Resident:
    ends = {
        name: str(date.fromisoformat(resident.values[name]) + LONGER)
        for name in ENDS
        if resident.values.get(name)
    }
    return replace(resident, values=resident.values | ends)


def rows(name: str) -> list[Listed]:
    """The rows of one file, numbered in its order."""
    if name == OPENING:
        return [Listed((str(at), *row.cells), row.person) for at, row in enumerate(_noted(), 1)]
    found = lists.rows(name, DAY, people())
    if name == "disnaker":
        found.append(Listed((str(len(found) + 1), *FAULTY), None))
    return found


def _noted() -> Iterator[Listed]:
    """As somebody typed it over the years: a year in place of a day, few numbers, a remark."""
    for number, resident in enumerate(people()):
        name, said = lists.latin(resident.values), resident.values
        if name in NOTED:
            village, district = lists.place(resident)
            born = said["birth_date"] if NOTED[name] else said["birth_date"][:4]
            yield Listed(
                (name, "-".join(reversed(born.split("-"))), lists.country(said),
                 said["document_number"] if NOTED[name] else "", said["address"], village, district, ""),
                number,
            )  # fmt: skip
    village, district = lists.place(people()[0])
    for *cells, remark in GONE:
        yield Listed((*cells, village, district, remark), None)


def file(name: str) -> bytes:
    """One list as an XLSX, with a title above its headings that says as of which day."""
    headings = OLD if name == OPENING else HEADINGS[name]
    title = f"{TITLES[name]} KABUPATEN KUDUS (rekaan), KEADAAN {DAY:%d-%m-%Y}"
    columns = [
        Column(f"c{at}", "" if at else title, width=max(6, len(heading) + 4))
        for at, heading in enumerate(headings)
    ]
    cells = [headings, *(row.cells for row in rows(name))]
    return xlsx(columns, [{f"c{at}": cell for at, cell in enumerate(row)} for row in cells], title="Daftar")


def truth() -> list[dict[str, Cell]]:
    """Each row of each sheet with the number of its person, and how the three lists differ about them: kind,
    other list and code of the reason, "only_in:dukcapil:sktt_pending".
    """
    files = {name: rows(name) for name in TITLES}
    numbers = _numbers(files)
    holders = {name: {numbers[name, row.cells[0]] for row in files[name]} for name in HEADINGS}
    told: list[dict[str, Cell]] = []
    for name, listed in files.items():
        for row in listed:
            person = numbers[name, row.cells[0]]
            about = _differences(name, row, {n for n in HEADINGS if person in holders[n]})
            line = int(row.cells[0]) + ABOVE
            told.append({"list": name, "row": line, "person": person, "differences": " ".join(about)})
    return told


def _numbers(files: dict[str, list[Listed]]) -> dict[tuple[str, str], int]:
    """(list, row) → person: the forty-eight by their place, whoever stands in one list only after them."""
    named = {(name, row.cells[0]): row.person for name in files for row in files[name]}
    last = len(people())
    found = {}
    for key, person in named.items():
        if person is None:
            last += 1
        found[key] = last if person is None else person + 1
    return found


def _differences(name: str, row: Listed, within: set[str]) -> Iterator[str]:
    """What the other lists lack of the row's person, or say otherwise."""
    if name == OPENING or row.cells[1:] == FAULTY:
        return
    said = people()[row.person].values if row.person is not None else {}
    for other in sorted(HEADINGS.keys() - within):
        yield f"only_in:{other}:{_why_missing(name, other, said)}"
    if said and lists.latin(said) in lists.RENEWED:
        for other in sorted(within - {name}):
            if "disnaker" in (name, other):
                yield f"permit:{other}:renewed_passport"


def _why_missing(name: str, other: str, said: Mapping[str, Any]) -> str:
    if not said:
        return "outside" if name == "disnaker" else "not_closed"
    if other == "dukcapil" and lists.latin(said) in lists.NOT_YET:
        return "sktt_pending"
    # A certificate is due to whoever holds an ITAS; why students of a pesantren have none nobody has said.
    return "unknown" if other == "dukcapil" and said["purpose"] == "santri" else "definition"


def write(folder: Path) -> None:
    """The four lists and the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TITLES:
        (folder / f"{name}.xlsx").write_bytes(file(name))
    (folder / "truth.csv").write_bytes(csv(TRUTH, truth()))
