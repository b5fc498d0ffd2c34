"""What APOA says of guests in the demo's two lodgings, as an officer would bring it.

New ones, one who is known, one whose check-out is new, and one in a house that nobody has registered.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from timpora.sheets import Column, xlsx

HEADINGS = (
    "No", "Nama Penginapan", "Nama Tamu", "Tanggal Lahir", "Jenis Kelamin", "Kewarganegaraan", "Nomor Paspor",
    "Tanggal Check-in", "Tanggal Check-out", "Nomor Kamar",
)  # fmt: skip
HOTEL, HOMESTAY = "HOTEL MENARA JATI", "HOMESTAY BU LASTRI"
# lodging, name, birth date, sex, nationality, number, nights so far, nights after which they left or mean to
GUESTS = (
    (HOTEL, "TANAKA HARUTO", "11/03/1979", "L", "Jepang", "XH9900101", 1, 3),
    (HOTEL, "BERGSTRÖM ELIN", "07/1991", "P", "Swedia", "XH9900103", 4, 4),
    (HOTEL, "MORETTI GIULIA", "14/02/1994", "P", "Italia", "XH9900106", 2, 5),
    (HOTEL, "NOVÁK TOMÁŠ", "30/09/1985", "L", "Ceko", "XH9900107", 6, 3),
    (HOMESTAY, "WALKER SIOBHAN", "1999", "P", "Irlandia", "XH9900108", 1, 4),
    ("WISMA COLO INDAH", "SILVA MARIANA", "05/05/1990", "P", "Brasil", "XH9900109", 2, 4),
)


def file(today: date) -> bytes:
    """The export as an XLSX."""
    columns = [
        Column(f"c{at}", heading, width=max(6, len(heading) + 4)) for at, heading in enumerate(HEADINGS)
    ]
    rows = [
        {f"c{at}": cell for at, cell in enumerate((str(number), *_row(today, *guest), str(100 + number)))}
        for number, guest in enumerate(GUESTS, 1)
    ]
    return xlsx(columns, rows, title="Daftar")


def write(folder: Path) -> None:
    """The export as a file, as of today: its days are counted from it, as in the demo itself."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "apoa.xlsx").write_bytes(file(timezone.localdate()))


def _row(today: date, *guest: str | int) -> tuple[str, ...]:
    *said, nights, stays = guest
    came = today - timedelta(days=int(nights))
    return (*map(str, said), f"{came:%d/%m/%Y}", f"{came + timedelta(days=int(stays)):%d/%m/%Y}")
