"""People in a file of any office: CSV, XLSX, XLS, ODS or Parquet, its columns recognised or named."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from itertools import chain, islice
from pathlib import Path

from timpora.registry import nations
from timpora.registry.linkage.columns import Record
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.sheets.columns import folded
from timpora.sheets.faults import Limits
from timpora.sheets.grids import Unreadable, decoded, grids

N_ = str  # marks a msgid for extraction

HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "no", "nomor", "nomor urut", "rec id", "unique id"),
    "name": ("name", "full name", "nama", "nama lengkap", "nama wna", "nama tka", "nama orang asing"),
    "given": ("given name", "given names", "given", "first name", "nama depan"),
    "family": ("surname", "family name", "family", "last name", "nama belakang", "nama keluarga", "marga"),
    "birth": ("birth", "birth date", "date of birth", "dob", "tanggal lahir", "tgl lahir", "lahir"),
    "sex": ("sex", "gender", "jenis kelamin", "jk", "l p", "kelamin"),
    "nationality": ("nationality", "citizenship", "country", "kewarganegaraan", "kebangsaan", "warga negara"),
    "document": ("document", "passport", "passport number", "passport no", "document number", "paspor",
                 "no paspor", "nomor paspor", "no pasport", "nomor dokumen"),
    "area": ("area", "regency", "kabupaten", "kabupaten kota", "kab kota", "wilayah"),
    "suburb": ("suburb", "village", "district", "desa", "kelurahan", "desa kelurahan", "kecamatan"),
    "state": ("state", "province", "provinsi"),
    "address": ("address", "alamat", "alamat tinggal"),
}  # fmt: skip
_WOMAN = ("f", "p", "w", "female", "perempuan", "wanita", "woman")
_MAN = ("m", "l", "male", "laki laki", "pria", "lelaki", "man")
_SEX = {**dict.fromkeys(_WOMAN, "F"), **dict.fromkeys(_MAN, "M")}
LIMITS = Limits(size=2**31, rows=1_100_000, memory=4 * 2**30, seconds=600)
TOP = 25  # rows among which the headings are looked for


Reading = tuple[str, Callable[[str], str], int | None]  # a field, how its cells are read, and its column


class Unfit(ValueError):
    """A file that gives no people; `sentence` says why (an English msgid), `name` which heading."""

    def __init__(self, sentence: str, name: str = "") -> None:
        self.sentence, self.name = sentence, name
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class People:
    """The people of a file, read as `records` is, once; `ids` grows with it: as the file numbers them, else
    the row, from 1. And the column of each field.
    """

    ids: list[str]
    records: Iterator[Record]
    columns: Mapping[str, str]


def read(path: Path, named: Mapping[str, str] | None = None) -> People:
    """The people of a file; `named` maps fields (or "id") to its headings. Raises Unfit and OSError."""
    rows = _parquet(path) if path.suffix.casefold() == ".parquet" else _cells(path.read_bytes())
    head, body = _headed(rows, named or {})
    places = _known(head, named or {})
    if not {"name", "given", "family"} & set(places):
        raise Unfit(N_("No column with names was found. Name it with --map name=HEADING."))
    reads = [(field, _READ.get(field, str.strip), places.get(field)) for field in Record._fields]
    first = next(body, None)
    if first is None:
        raise Unfit(N_("The file holds no rows."))
    ids: list[str] = []
    records = _records(chain([first], body), reads, places.get("id"), ids)
    return People(ids, records, {field: head[at] for field, at in places.items()})


def _records(
    body: Iterable[Sequence[str]], reads: Sequence[Reading], number_at: int | None, ids: list[str]
) -> Iterator[Record]:
    """Each row as a record; its number goes to `ids`."""
    for number, row in enumerate(body, 1):
        said = row[number_at].strip() if number_at is not None and number_at < len(row) else ""
        ids.append(said or str(number))
        yield Record(
            **{name: clean(row[at]) if at is not None and at < len(row) else "" for name, clean, at in reads}
        )


def check(named: Mapping[str, str], files: Iterable[People]) -> None:
    """Raises Unfit for a named heading that stands in none of the files."""
    seen = {folded(heading) for people in files for heading in people.columns.values()}
    for heading in named.values():
        if folded(heading) not in seen:
            raise Unfit(N_("There is no such heading in the file:"), heading)


def _parquet(path: Path) -> Iterator[list[str]]:
    import pyarrow.parquet  # only where such a file is given

    kept = pyarrow.parquet.read_table(path)
    columns = [
        ["" if value is None else str(value) for value in column.to_pylist()] for column in kept.columns
    ]
    yield list(kept.column_names)
    yield from map(list, zip(*columns, strict=True))


def _cells(data: bytes) -> Iterator[list[str]]:
    """The rows of a CSV, whatever its separator, or of the workbook sheet that holds the most."""
    try:
        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            found: list[list[list[str]]] = [grid.cells for grid in grids(data, LIMITS, LIMITS.rows)]
            longest: list[list[str]] = max(found, key=len, default=[])
            return iter(longest)
        text = decoded(data)
    except Unreadable:
        raise Unfit(N_("The file is not a table that can be read.")) from None
    first = text[:10_000]
    sign = max(",;\t|", key=first.count)
    return (row for row in csv.reader(StringIO(text, newline=""), delimiter=sign) if any(row))


def _headed(rows: Iterator[list[str]], named: Mapping[str, str]) -> tuple[list[str], Iterator[list[str]]]:
    """The heading row, which among the first rows knows the most columns, and the rows below it."""
    top = list(islice(rows, TOP))
    if not top:
        raise Unfit(N_("The file holds no rows."))
    best = max(range(len(top)), key=lambda at: (len(_known(top[at], named)), -at))
    return top[best], chain(top[best + 1 :], rows)


def _known(head: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    wanted = {folded(heading): field for field, heading in named.items()}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        form = folded(cell.replace("_", " "))
        field = wanted.get(folded(cell)) or wanted.get(form) or _FORMS.get(form)
        asked = form in wanted or folded(cell) in wanted
        if field and (field not in found or asked):
            found[field] = at
    return found


@lru_cache(maxsize=100_000)
def _birth(text: str) -> str:
    """The date in ISO 8601 as far as it is known; "" where it can't be read."""
    try:
        return str(PartialDate.parse(text))
    except PartialDateError:
        return ""


@lru_cache(maxsize=10_000)
def _nationality(text: str) -> str:
    found = nations.find(text) if text.strip() else None
    return found.code if found else text.strip()


def _sex(text: str) -> str:
    return _SEX.get(folded(text), "")


_READ: dict[str, Callable[[str], str]] = {"birth": _birth, "nationality": _nationality, "sex": _sex}
_FORMS = {folded(form): field for field, forms in HEADINGS.items() for form in forms}


def fields_of(text: Iterable[str]) -> Iterator[tuple[str, str]]:
    """`field=heading` pairs as a command line gives them. Raises Unfit for a word without a sign between."""
    for word in text:
        field, sign, heading = word.partition("=")
        if not sign:
            raise Unfit(N_("Write each as FIELD=HEADING:"), word)
        if _ALSO.get(field, field) not in HEADINGS:
            raise Unfit(N_("There is no such field to map to:"), field)
        yield _ALSO.get(field, field), heading


_ALSO = {
    "given_name": "given", "surname": "family", "birth_date": "birth", "passport": "document",
}  # fmt: skip
