"""The lists that three agencies of the demo's Kudus hold of the same invented people, each in its own way.

Immigration knows permits, Labour who works where, the Civil Registry whose certificate is out: three counts
of one regency, and every difference has a reason that the guide names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone

from timpora.areas.models import Area
from timpora.desk.world.people import Resident, of_kudus
from timpora.registry import nations
from timpora.registry.names import fold
from timpora.sheets import Column, xlsx

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "imigrasi": ("No", "Nama", "Tempat/Tgl Lahir", "L/P", "No. Paspor", "Masa Berlaku Paspor", "Kebangsaan",
                 "Sponsor", "Alamat", "Desa/Kelurahan", "Kecamatan", "Jenis Izin Tinggal", "Tanggal Terbit",
                 "Masa Berlaku"),
    "disnaker": ("No", "NAMA TKA", "TGL LAHIR", "JENIS KELAMIN", "KEWARGANEGARAAN", "NO PASPOR",
                 "NAMA PERUSAHAAN", "JABATAN", "LOKASI KERJA", "RPTKA BERLAKU SAMPAI"),
    "dukcapil": ("No", "Nama Lengkap", "Tanggal Lahir", "Jenis Kelamin", "Kewarganegaraan", "No. Paspor",
                 "Alamat", "Desa/Kel", "Kec", "Tanggal Terbit SKTT", "Berlaku Sampai"),
}  # fmt: skip
CERTIFICATE = 14  # days within which the certificate follows the permit (UU 23/2006 Pasal 20)
# By the Latin part of the name: what each agency writes otherwise, or does not hold.
NOT_YET = ("Lin Yi-Chun", "Kim Min-jun", "Trần Văn Đức")  # the permit is a few days old: no certificate yet
RENEWED = {"Zhao Min": "XR8811203", "Tanaka Hiroshi": "XR8811744"}  # Labour has another passport's number
SPELT = {
    "Maria da Costa Soares": "MARIA D. C. SOARES", "Liu Jianhua": "LIU CHIENHUA",
    "Trần Văn Đức": "TRAN DUC VAN",
    "Fatimah binti Hassan": "FATIMA BT HASAN",
}  # fmt: skip
ANOTHER_FIRM = {"R. K. Subramaniam": "CV Rasa Muria Abadi"}
_ELSEWHERE = "Kab. Demak"


class Listed(NamedTuple):
    """One row of a list, and whom it speaks of: a place among the forty-eight, or None for another person."""

    cells: tuple[str, ...]
    person: int | None


def rows(agency: str, today: date, people: list[Resident] | None = None) -> list[Listed]:
    """What an agency's list says of the people (None: the demo's Kudus), numbered in its order."""
    made = list(
        {"imigrasi": _permits, "disnaker": _workers, "dukcapil": _certificates}[agency](
            people or of_kudus(today), today
        )
    )
    return [Listed((str(number), *row.cells), row.person) for number, row in enumerate(made, 1)]


def file(agency: str, today: date) -> bytes:
    """The list as an XLSX."""
    headings = HEADINGS[agency]
    columns = [
        Column(f"c{at}", heading, width=max(6, len(heading) + 4)) for at, heading in enumerate(headings)
    ]
    cells = [{f"c{at}": cell for at, cell in enumerate(row.cells)} for row in rows(agency, today)]
    return xlsx(columns, cells, title="Daftar")


def write(folder: Path) -> None:
    """The three lists as files, as of today: days in them are counted from it, as in the demo itself."""
    folder.mkdir(parents=True, exist_ok=True)
    for agency in HEADINGS:
        (folder / f"{agency}.xlsx").write_bytes(file(agency, timezone.localdate()))


def _permits(people: list[Resident], today: date) -> Iterator[Listed]:
    """Everybody with a permit, and three whose permit here outlived their stay."""
    for number, resident in enumerate(people):
        said = resident.values
        if said["permit_kind"] in ("ITAS", "ITAP", "ITK") and said.get("document_number"):
            new = latin(said) in NOT_YET
            issued = today - timedelta(days=CERTIFICATE // 2) if new else resident.arrived_on
            yield Listed(
                (_capitals(said), _born(said["birth_date"], "-"), _sex(said), said["document_number"],
                 _day(today + timedelta(days=900 + number), "/"), country(said), said.get("guarantor", ""),
                 said["address"], *place(resident), said["permit_kind"],
                 _day(issued, "/"), _day(said["permit_until"], "/")),
                number,
            )  # fmt: skip
    for name, birth, sex, passport, nation, firm in (
        ("OKAFOR CHUKWUEMEKA", "11-02-1986", "L", "XR9900101", "Nigeria", ""),
        ("DELGADO ROSARIO", "23-08-1992", "P", "XR9900202", "Filipina", "LKP Bahasa Cendana"),
        ("MATHUR VIKRAM", "05-05-1979", "L", "XR9900303", "India", "PT Gebog Tekstil"),
    ):
        yield Listed(
            (name, birth, sex, passport, _day(today + timedelta(days=700), "/"), nation, firm, "", "",
             "Gebog", "ITAS",
             _day(today - timedelta(days=345), "/"), _day(today + timedelta(days=20), "/")), None,
        )  # fmt: skip


def _workers(people: list[Resident], today: date) -> Iterator[Listed]:
    """Everybody with an employer, and four who work here and live across the border."""
    for number, resident in enumerate(people):
        said = resident.values
        if said.get("employer"):
            yield Listed(
                (SPELT.get(latin(said), _plain(said).title()), _born(said["birth_date"], "/"), _sex(said),
                 country(said), RENEWED.get(latin(said), said.get("document_number", "")),
                 ANOTHER_FIRM.get(latin(said), said["employer"]), said.get("job", ""), "Kab. Kudus",
                 _day(said.get("rptka_until", ""), "/")),
                number,
            )  # fmt: skip
    for name, birth, nation, passport in (
        ("Hong Sung-min", "14/03/1982", "Korea Selatan", "XR7700110"),
        ("Pham Quoc Bao", "02/12/1990", "Vietnam", "XR7700220"),
        ("Verma Anil", "19/07/1975", "India", "XR7700330"),
        ("Zhu Haibo", "27/01/1988", "RRT", "XR7700440"),
    ):
        yield Listed(
            (name, birth, "L", nation, passport, "PT Gebog Tekstil", "teknisi", _ELSEWHERE,
             _day(today + timedelta(days=150), "/")), None,
        )  # fmt: skip


def _certificates(people: list[Resident], today: date) -> Iterator[Listed]:
    """Whoever holds a limited permit, but those whose permit is too new; without those who study nearby."""
    for number, resident in enumerate(people):
        said = resident.values
        if said["permit_kind"] != "ITAS" or latin(said) in NOT_YET or said["purpose"] == "santri":
            continue
        issued = resident.arrived_on + timedelta(days=CERTIFICATE)
        yield Listed(
            (SPELT.get(latin(said), _plain(said).upper()), _born(said["birth_date"], "-"), _sex(said),
             country(said), said.get("document_number", ""), said["address"], *place(resident),
             _day(issued, "-"), _day(said["permit_until"], "-")),
            number,
        )  # fmt: skip


def latin(said: Mapping[str, Any]) -> str:
    """The name as printed, without its second script."""
    return " ".join(word for word in said["names"].split() if word[0] < "\u0590")


def _plain(said: Mapping[str, Any]) -> str:
    """The name without marks, as old systems keep it."""
    return " ".join(filter(None, (fold(word) for word in latin(said).split())))


def _capitals(said: Mapping[str, Any]) -> str:
    """Family name first, in capitals, as Immigration prints it."""
    family, given = fold(said.get("family", "")), fold(said.get("given", ""))
    return f"{family} {given}".strip().upper() or _plain(said).upper()


def _born(birth: str, sign: str) -> str:
    return sign.join(reversed(birth.split("-")))


def _day(day: date | str, sign: str) -> str:
    return _born(str(day), sign)


def _sex(said: Mapping[str, Any]) -> str:
    return {"F": "P", "M": "L"}.get(said.get("sex", ""), "")


def country(said: Mapping[str, Any]) -> str:
    """The nationality in Indonesian."""
    return nations.name(said["nationality"], "id")


def place(resident: Resident) -> tuple[str, str]:
    """The names of village and district."""
    names = dict(
        Area.objects.filter(code__in=(resident.village, resident.village[:8])).values_list("code", "name")
    )
    return names[resident.village], names[resident.village[:8]]
