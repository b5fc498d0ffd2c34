"""A record in force, and lists as agencies send them: everybody in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from timpora.areas.models import Area
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import inspect
from timpora.exchange.models import Batch, Row, Sharing
from timpora.exchange.models.sent import Sent
from timpora.exchange.models.sharing import Terms
from timpora.sheets import Column, xlsx
from timpora.team.models import Agency, Mandate

FIELDS = (
    "names", "sex", "birth_date", "nationality", "address", "document_number", "document_until",
    "permit_number", "permit_until", "employer", "job",
)  # fmt: skip
HEADINGS = (
    "NAMA TKA",
    "L/P",
    "TGL LAHIR",
    "KEWARGANEGARAAN",
    "NO. PASPOR",
    "PERUSAHAAN",
    "JABATAN",
    "DESA",
    "KECAMATAN",
)
LIN = ("LIN YI-CHUN", "P", "03/05/1990", "Taiwan", "A1234567", "PT Muria Jaya", "Welder", "", "")
CHEN = (
    "CHEN WEI",
    "L",
    "17/08/1985",
    "Tiongkok",
    "E55667788",
    "PT Muria Jaya",
    "Manager",
    "Bakalankrapyak",
    "Kaliwungu",
)
RAO = (
    "ANAND RAO",
    "L",
    "01/02/1979",
    "India",
    "Z9988776",
    "PT Muria Jaya",
    "Engineer",
    "Getaspejaten",
    "Jati",
)
BROKEN = ("NOOR HADI", "L", "31/02/1991", "Malaysia", "K7654321", "PT Muria Jaya", "Driver", "", "")


def terms(giver: str = "disnaker", kind: str = "workers", **changed: Any) -> Terms:
    said: dict[str, Any] = {
        "giver": Agency.objects.get(code=giver), "kind": kind, "purpose": "Pencocokan daftar",
        "fields": FIELDS, "legal_basis": "UU 27/2022 Pasal 20(2)e", "paper_number": "BA-12/2026",
        "paper_day": date(2026, 1, 10), "starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31),
        "keep_months": 24, "contact": "Kepala Seksi, telepon kantor",
    }  # fmt: skip
    return Terms(**said | changed)


def agree(world: Cast, giver: str = "disnaker", kind: str = "workers", **changed: Any) -> Sharing:
    made: Sharing = Sharing.objects.agree(by=world.chair, terms=terms(giver, kind, **changed))
    return made


def table(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An XLSX of these rows under these headings; of the same ones the same bytes."""
    return _table(tuple(map(tuple, rows)), tuple(headings))


@cache
def _table(rows: tuple[tuple[str, ...], ...], headings: tuple[str, ...]) -> bytes:
    # A workbook names the second it was made in, so one made again a second later is another file.
    columns = [Column(f"c{place}", heading) for place, heading in enumerate(headings)]
    return xlsx(columns, [{f"c{place}": cell for place, cell in enumerate(row)} for row in rows])


def receive(by: Mandate, sharing: Sharing, data: bytes, **changed: Any) -> Batch:
    said: dict[str, Any] = {
        "sharing": sharing, "area": Area.objects.get(code="33.19"), "as_of": date(2026, 11, 1), "whole": True,
        "file_name": "daftar.xlsx", "data": data,
    }  # fmt: skip
    made: Batch = Batch.objects.receive(by=by, sent=Sent(**said | changed))
    return made


def mapped(by: Mandate, sharing: Sharing, rows: Sequence[Sequence[str]], **changed: Any) -> Batch:
    """A list whose columns are confirmed as they were recognised."""

    data = table(rows)
    batch = receive(by, sharing, data, **changed)
    batch.map(by=by, mapping=inspect(data, KINDS[sharing.kind]).mapping)
    return batch


def taken(by: Mandate, sharing: Sharing, rows: Sequence[Sequence[str]], **changed: Any) -> Batch:
    """A list that was taken in."""
    batch = mapped(by, sharing, rows, **changed)
    batch.commit(by=by)
    return batch


def outcomes(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


def upload(
    client: Client, sharing: Sharing, data: bytes, *, as_of: str = "2026-11-01", name: str = "tka.xlsx"
) -> Any:
    """The file sent through the page."""
    file = SimpleUploadedFile(name, data)
    said = {"sharing": sharing.pk, "area": "33.19", "as_of": as_of, "extent": "whole", "file": file}
    return client.post("/lists/new/", said)


def doubtful_row(world: Cast, name: str, born: str, nationality: str) -> Row:
    """A row of Disnaker's list that may speak of a resident: the name and birth date, another passport."""
    batch = taken(
        world.labour, agree(world), [(name, "P", born, nationality, "BZ4040404", "PT Sumber", "", "", "")]
    )
    row: Row = batch.rows.select_related("batch").get()
    return row
