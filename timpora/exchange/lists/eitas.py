"""One line out of an electronic stay permit (e-ITAS): its text pasted, or its PDF.

The paper is in English and mixes its dates (31/12/2026 beside 17-08-1990); the name stands alone in the line
above "PERMIT NUMBER".
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from timpora.sheets.columns import folded
from timpora.sheets.grids import Grid
from timpora.sheets.headings import Heading, Top
from timpora.sheets.reading import clean

from .faults import Fault
from .lines import Columns, lines_of
from .reading import Draft

SIZE, LONGEST, PAGES = 5 * 2**20, 20_000, 3  # bytes of a PDF, characters of a text, pages of one permit
MEMORY, SECONDS = 512 * 2**20, 10

LABELS = {
    "names": ("full name", "name", "nama", "nama lengkap"),
    "permit_number": ("permit number", "permit no", "nomor itas", "no itas", "nomor izin tinggal"),
    "permit_until": ("stay permit expiry", "permit expiry", "itas expiry", "masa berlaku izin tinggal"),
    "birth_date": (
        "place date of birth", "place and date of birth", "date of birth", "tempat tanggal lahir",
        "tempat tgl lahir",
    ),
    "document_number": ("passport number", "passport no", "nomor paspor", "no paspor"),
    "document_until": ("passport expiry", "passport expiry date", "masa berlaku paspor"),
    "nationality": ("nationality", "kewarganegaraan", "kebangsaan"),
    "sex": ("gender", "sex", "jenis kelamin"),
    "address": ("address", "alamat"),
    "job": ("occupation", "pekerjaan"),
    "guarantor": ("guarantor", "penjamin", "sponsor"),
    "purpose": ("activity", "kegiatan", "purpose"),
    "permit_index": ("visa index", "index", "indeks visa", "indeks", "visa type"),
}  # fmt: skip
_FIELDS = {label: field for field, labels in LABELS.items() for label in labels}
_LABEL = re.compile(  # the longest first, so that "Passport Expiry Date" is not taken for "Passport Expiry"
    r"^\s*(" + "|".join(r"\W+".join(label.split()) for label in sorted(_FIELDS, key=len, reverse=True)) + r")"
    r"\s*(?:/[^:]{1,40})?(?::|\s-\s|\t|\s{2,}|$)\s*",
    re.IGNORECASE,
)
_ABOVE_NAME = re.compile(
    r"permit|republic|republik|ministry|kementerian|immigration|imigrasi|itas|itap", re.IGNORECASE
)
_LAST_LINES = {"address": 2}  # an address is printed in two lines; every other value in one
_ENOUGH = 3  # labels found: fewer is another paper


def of_text(text: str, *, today: date) -> Draft:
    """The permit's text as one line, or a fault. Never raises."""
    rows = [clean(line).strip(" :\t") for line in text[:LONGEST].replace("\r", "\n").split("\n")]
    found = dict(_said([row for row in rows if row]))
    if len(found) < _ENOUGH or not {"names", "document_number"} & found.keys():
        return Draft(faults=[Fault("not_a_permit")])
    kind = "ITAP" if re.search(r"\be?-?k?itap\b", text, re.IGNORECASE) else "ITAS"
    found["permit_kind"] = (kind, kind)
    names = list(found)
    headings = tuple(Heading(found[name][0], (found[name][0],), at) for at, name in enumerate(names))
    columns = Columns({heading.label: (at, names[at]) for at, heading in enumerate(headings)})
    grid = Grid([[found[name][1] for name in names]], rows=1)
    lines = lines_of(grid, Top(0, 0, headings), columns, today)
    return Draft(lines.lines, mapping=columns.fields)


def of_pdf(data: bytes, *, today: date) -> Draft:
    """The permit's PDF as one line, or a fault; a scanned one has no text. Never raises."""
    if len(data) > SIZE:
        return Draft(faults=[Fault("pdf_too_large")])
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return Draft(faults=[Fault("not_a_permit")])
    answer = _unpacked(data)
    if "error" in answer:
        return Draft(faults=[Fault(answer["error"].replace("too_large", "pdf_too_large"))])
    if not answer["text"].strip():
        return Draft(faults=[Fault("no_text")])
    return of_text(answer["text"], today=today)


def _unpacked(data: bytes) -> dict[str, str]:
    """The text, taken out by pdf_text.py in a process that may die of its limits."""
    script = Path(__file__).with_name("pdf_text.py")
    limits = [str(number) for number in (MEMORY, SECONDS, PAGES)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(script), *limits],
            input=data, capture_output=True, timeout=SECONDS * 2, check=False,
        )  # fmt: skip
        answer = json.loads(done.stdout) if not done.returncode else {"error": "too_large"}
    except (subprocess.TimeoutExpired, ValueError):
        return {"error": "too_large"}
    return {str(key): str(value) for key, value in answer.items()}


def _said(rows: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """(field, (label as printed, value)) of each label, the first of each field."""
    found: set[str] = set()
    for at, row in enumerate(rows):
        label = _LABEL.match(row)
        field = _FIELDS.get(folded(label[1]), "") if label else ""
        if not label or not field or field in found:
            continue
        if field == "permit_number" and "names" not in found and (name := _name_above(rows[:at])):
            found.add("names")
            yield "names", ("Name", name)
        value = " ".join(_values(row[label.end() :], rows[at + 1 :], _LAST_LINES.get(field, 1)))
        if value:
            found.add(field)
            yield field, (label[1], value)


def _values(rest: str, below: list[str], lines: int) -> Iterator[str]:
    """What stands after a label, or in the lines below it up to the next label."""
    value = rest.strip(" :")
    if value:
        yield value
    for row in below[: lines - bool(value)]:
        if _LABEL.match(row):
            return
        yield row.strip(" :")


def _name_above(rows: list[str]) -> str:
    """The line over the permit's number, where it is a name in capitals."""
    above = rows[-1] if rows else ""
    letters = [c for c in above if c.isalpha()]
    capitals = bool(letters) and above == above.upper() and not any(c.isdigit() for c in above)
    return above if capitals and not _ABOVE_NAME.search(above) else ""
