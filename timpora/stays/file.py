"""Guests from a spreadsheet: its columns, what a cell means, the rows between dry run and confirmation."""

from __future__ import annotations

import json
import time
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from timpora import sheets, vault
from timpora.ledger.refusal import Refusal
from timpora.registry import nations
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.registry.plain import plain
from timpora.sheets import Column, Limits, Row, Sheet
from timpora.stays.arrival import FIELDS, INPASS, Arrival
from timpora.stays.models import Lodging, Stay
from timpora.team.models import Mandate
from timpora.vault import SealBroken

N_ = str  # marks a msgid for extraction
LIMITS = Limits(size=5 * 2**20, rows=1_000, columns=60, cell=300)
HOUR = 3600
IN_A_CELL = ("rounded_number", "too_long")  # faults of sheets that leave the other rows readable
SEXES = {
    "l": "M", "laki-laki": "M", "m": "M", "male": "M", "p": "F", "perempuan": "F", "f": "F", "female": "F",
    "x": "X",
}  # fmt: skip
DOCUMENTS = {
    "": "passport", "paspor": "passport", "passport": "passport", "unhcr": "unhcr", "kartu unhcr": "unhcr",
    "lain": "other", "lainnya": "other", "other": "other", "dalam paspor orang tua": INPASS, "inpass": INPASS,
}  # fmt: skip
# Headings are Indonesian in every language, as those of all sheets to fill in.
COLUMNS = (
    Column("names", "Nama lengkap", ("nama", "nama tamu", "name", "guest name", "full name"), True,
           "Seperti tertera di paspor.", width=30),
    Column("sex", "Jenis kelamin", ("jk", "l/p", "sex", "gender"), True, "L atau P.", ("L", "P"), width=8),
    Column("nationality", "Kewarganegaraan", ("negara", "kebangsaan", "nationality", "country"), True,
           "Nama negara atau tiga hurufnya (CHN).", width=20),
    Column("birth_place", "Tempat lahir", ("place of birth",), width=18),
    Column("birth_date", "Tanggal lahir", ("tgl lahir", "ttl", "date of birth", "birth date"), True,
           "Boleh hanya tahun: 1990.", width=16),
    Column("document_kind", "Dokumen", ("jenis dokumen", "document"), False,
           "paspor (bila kosong), UNHCR, lain, atau: dalam paspor orang tua.",
           ("paspor", "UNHCR", "lain", "dalam paspor orang tua"), width=20),
    Column("document_issuer", "Negara penerbit", ("issued by", "issuer"), False,
           "Bila kosong: sama dengan kewarganegaraan.", width=18),
    Column("document_number", "Nomor paspor",
           ("no paspor", "paspor", "nomor dokumen", "passport no", "passport number"), True,
           width=18),
    Column("parent", "Nama orang tua", ("parent",), False, "Untuk anak dalam paspor orang tua.", width=24),
    Column("arrived_on", "Tanggal masuk", ("tgl masuk", "check in", "checkin", "arrival"), True, width=16),
    Column("until", "Rencana keluar", ("tanggal keluar", "tgl keluar", "check out", "departure"), width=16),
)  # fmt: skip
HEADINGS = {column.name: column.heading for column in COLUMNS}
EXAMPLE = {
    "names": "LIN YI-CHUN", "sex": "P", "nationality": "Taiwan", "birth_place": "Taipei",
    "birth_date": "1990",
    "document_kind": "paspor", "document_number": "A1234567", "arrived_on": "25/11/2026",
    "until": "27/11/2026",
}  # fmt: skip


class Expired(Exception):
    """The rows are older than an hour, altered, or somebody else's."""


@dataclass(frozen=True)
class Fault:
    """One thing to put right: the heading and the value as they stand in the file, and the remedy."""

    heading: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Line:
    """One row of the file and what it would become (a Verdict's outcome)."""

    number: int
    name: str
    outcome: str
    faults: tuple[Fault, ...]
    arrival: Arrival | None


def blank() -> bytes:
    """The XLSX to fill in."""
    return sheets.template(COLUMNS, [EXAMPLE], ["Satu baris satu tamu asing. Baris contoh jangan disalin."])


def lines(sheet: Sheet, lodging: Lodging, *, by: Mandate) -> list[Line]:
    """Every row with what it would become and everything to put right in it; nothing is kept."""
    rows, cells = sheet.rows, _faulty_cells(sheet)
    read = [_arrival(row, lodging, cells.get(row.number, [])) for row in rows]
    sound = [arrival for arrival, _faults in read if arrival is not None]
    verdicts = iter(Stay.objects.test(sound, by=by))
    told = []
    for row, (arrival, faults) in zip(rows, read, strict=True):
        if arrival is not None:
            verdict = next(verdicts)
            faults = list(verdict.faults)
        outcome = "faulty" if faults or arrival is None else verdict.outcome
        shown = tuple(_fault(row, fault) for fault in faults)
        told.append(Line(row.number, row.values["names"], outcome, shown, None if faults else arrival))
    return told


def _fault(row: Row, fault: Refusal) -> Fault:
    name = fault.field or ""
    return Fault(HEADINGS.get(name, ""), row.values.get(name, ""), str(fault))


def blocking(sheet: Sheet) -> list[sheets.Fault]:
    """What keeps the whole file from being read."""
    return [fault for fault in sheet.faults if fault.code not in IN_A_CELL]


def _faulty_cells(sheet: Sheet) -> dict[int, list[Refusal]]:
    """What reading a cell has shown, by row."""
    found: dict[int, list[Refusal]] = {}
    for fault in sheet.faults:
        if fault.code in IN_A_CELL:
            refusal = Refusal(_(fault.message), field=fault.column, code=fault.code)
            found.setdefault(fault.row, []).append(refusal)
    return found


def _arrival(row: Row, lodging: Lodging, cells: list[Refusal]) -> tuple[Arrival | None, list[Refusal]]:
    """The guest of a row; None with all its faults where a cell or a day can't be read."""
    said, today = row.values, lodging.today
    values = {name: text for name in FIELDS if (text := _meant(name, said[name]))}
    days: dict[str, date | None] = {}
    faults = list(cells)
    for name in ("arrived_on", "until"):
        try:
            days[name] = _day(said[name]) if said[name] or name == "arrived_on" else None
        except PartialDateError as fault:
            faults.append(Refusal(_(fault.message), field=name, code=fault.code))
    arrived = days.get("arrived_on")
    arrival = Arrival(arrived or today, days.get("until"), values)
    if faults:
        known = {fault.field for fault in faults}
        faults += [fault for fault in arrival.faults(today) if fault.field not in known]
        return None, faults
    # Of the same row the same number: a file that is sent twice doubles nobody.
    number = uuid5(NAMESPACE_OID, f"{lodging.code} {arrival.digest}")
    return Arrival(arrival.arrived_on, arrival.until, values, number), []


def _meant(name: str, text: str) -> str:
    """A cell as a statement has it; what can't be read stays as it is, to be named as a fault."""
    folded = plain(text).casefold()
    if name == "sex":
        return SEXES.get(folded, text)
    if name == "document_kind":
        return DOCUMENTS.get(folded, text)
    if name in ("nationality", "document_issuer") and text:
        nation = nations.find(text)
        return nation.code if nation else text
    if name == "birth_date" and text:
        try:
            return str(PartialDate.parse(text))
        except PartialDateError:
            return text
    return plain(text) or text


def _day(text: str) -> date:
    """The one day of a cell. Raises PartialDateError."""
    found = PartialDate.parse(text, allow_future=True)
    if found.precision != "day":
        raise NoDay
    return found.earliest


class NoDay(PartialDateError):
    """A month or a year where a day is asked for."""

    code = "no_day"
    message = N_("Write the whole day, such as 25/11/2026.")


def sealed(arrivals: list[Arrival], mandate: Mandate) -> str:
    """The guests of a dry run for the page to carry, sealed: nothing of the file stays on the server."""
    rows = [[str(a.sent_id), str(a.arrived_on), str(a.until or ""), a.values] for a in arrivals]
    text = b64encode(zlib.compress(json.dumps([int(time.time()), rows]).encode())).decode()
    return vault.current().seal(text, f"arrivals:{mandate.pk}")


def opened(text: str, mandate: Mandate) -> list[Arrival]:
    """The guests the page carried. Raises Expired."""
    try:
        plain_text = vault.current().open_(text, f"arrivals:{mandate.pk}")
    except SealBroken:
        raise Expired from None
    at, rows = json.loads(zlib.decompress(b64decode(plain_text)))
    if time.time() - at > HOUR:
        raise Expired
    return [
        Arrival(date.fromisoformat(on), date.fromisoformat(until) if until else None, values, UUID(number))
        for number, on, until, values in rows
    ]
