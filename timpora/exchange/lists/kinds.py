"""The kinds of list that agencies hold, what each one counts, and the headings that tell it.

The definition stands beside the list wherever two are compared: most gaps are two definitions, not two
truths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from timpora.sheets import Column
from timpora.sheets.columns import folded

from .columns import COLUMNS, STAY

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it
GUESTS = "guests"  # the one kind whose rows are stays of visitors and name nobody who lives here


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list: `name` and `definition` are English msgids, `agencies` codes of those who hold it.

    `columns` are what it usually has, `marks` folded headings that hardly any other kind has.
    """

    code: str
    name: str
    agencies: tuple[str, ...]
    columns: tuple[Column, ...]
    definition: str
    marks: frozenset[str] = frozenset()


_PERSON = ("names", "given", "family", "sex", "birth_date", "birth_place", "nationality", "document_number")
_PERMIT = ("document_until", "permit_kind", "permit_index", "permit_number", "permit_until")
_NUMBERS = ("itk_number", "itas_number", "itap_number", "epo_number")
_HOME = ("address", "rt_rw", "village", "district")
_KNOWN = {**COLUMNS, **STAY}


def _forms(field: str) -> tuple[str, ...]:
    """The headings of a column, where in a kind of list they mean another one."""
    return COLUMNS[field].heading, *COLUMNS[field].aliases


def _kind(
    code: str,
    name: str,
    agencies: tuple[str, ...],
    fields: tuple[str, ...],
    definition: str,
    marks: tuple[str, ...] = (),
    own: Mapping[str, tuple[str, ...]] | None = None,
) -> ListKind:
    """A kind of these fields; `own` are headings that mean a field in this kind only."""
    more = own or {}
    columns = tuple(
        replace(_KNOWN[field], aliases=(*_KNOWN[field].aliases, *more.get(field, ()))) for field in fields
    )
    return ListKind(code, name, agencies, columns, definition, frozenset(map(folded, marks)))


_ALL = (
    _kind(
        "permits", N_("Immigration's permit list"), ("imigrasi",),
        (*_PERSON, *_PERMIT, *_NUMBERS, *_HOME, "guarantor", "job", "purpose", "issued_on", "left_on"),
        N_("Holders of a stay permit at the immigration office of their residence: only those who asked for a"
           " service. Visitors without a visa or with one on arrival are missing."),
        ("niora", "no itas", "no kitas", "no itap", "no itk", "masa berlaku itas", "jenis izin tinggal",
         "permit number", "no epo", "sponsor"),
    ),
    _kind(
        "workers", N_("Labour's list of foreign workers"), ("disnaker",),
        (*_PERSON, "employer", "job", "work_area", "rptka_from", "rptka_until", *_HOME, "document_until",
         "permit_kind", "permit_number", "itas_number", "permit_until"),
        N_("Foreign workers with an approved plan (RPTKA) by place of work: one may work in several places"
           " and live elsewhere. Families, students and retired people are missing."),
        ("nama tka", "rptka", "masa berlaku rptka", "jabatan tka", "lokasi kerja", "nama perusahaan",
         "perusahaan", "pemberi kerja", "no rptka", "periode rptka", "jangka waktu rptka"),
        {"work_area": ("kabupaten kota", "kab kota", "wilayah"),
         "employer": ("nama perusahaan sponsor", "sponsor"),
         "rptka_until": ("masa berlaku", "berlaku sampai", "berlaku s d", "tanggal berakhir")},
    ),
    _kind(
        "domicile", N_("Civil Registry's list of residence certificates (SKTT)"), ("disdukcapil",),
        (*_PERSON, "nik_domicile", *_HOME, "issued_on", "permit_kind", "permit_number", "itas_number",
         "itap_number", "permit_until", "document_until", "job", "guarantor"),
        N_("Holders of a residence certificate (SKTT) or a foreign resident's e-ID. It follows the permit"
           " by up to 14 days (Law 23/2006 Article 20)."),
        ("nik", "no sktt", "nomor sktt", "tanggal terbit sktt", "tgl terbit sktt", "nik sktt", "no kk"),
        {"permit_until": ("masa berlaku sktt", "sktt berlaku sampai")},
    ),
    _kind(
        "register", N_("A village's register (OpenSID)"), ("desa",),
        (*_PERSON, "citizenship", "life_status", "document_until", "permit_number", *_HOME, "nik_domicile",
         "job"),
        N_("The foreigners in a village's own register. Its citizens are passed over and never stored."),
        ("warganegara_id", "dokumen_pasport", "dokumen_kitas", "status_dasar", "kk_level", "tag_id_card"),
        {"job": ("pekerjaan_id",)},
    ),
    _kind(
        "students", N_("A university's foreign students"), (),
        (*_PERSON, "institution", "purpose", *_PERMIT, "itas_number", *_HOME, "guarantor", "issued_on"),
        N_("Foreigners enrolled at a school or university, by its place: some study from elsewhere."),
        ("nim", "npm", "program studi", "prodi", "fakultas", "jurusan", "universitas", "perguruan tinggi",
         "nama mahasiswa", "semester"),
    ),
    _kind(
        "sheet", N_("The permit sheet of an immigration office"), ("imigrasi",),
        (*_PERSON, *_PERMIT, *_NUMBERS, *_HOME, "guarantor", "job", "issued_on"),
        N_("Applications an immigration office has handled, a row each: a person may stand twice."),
        ("tanggal permohonan", "no imk", "no tsp epo", "no itk", "niora", "no register",
         "jenis keimigrasian"),
    ),
    # APOA's export was not seen: these are the headings that its form and other lists of guests lead to
    # expect. Whoever confirms the columns of a real one is asked once; it is remembered.
    _kind(
        GUESTS, N_("Guests that lodgings reported in APOA"), ("imigrasi",),
        (*STAY, "names", "given", "family", "sex", "birth_date", "nationality", "document_number"),
        N_("Guests whom lodgings reported in APOA: only places registered there. Each row is one stay, so one"
           " person may stand in several; they are visitors and no residents."),
        ("nama penginapan", "penginapan", "nama hotel", "hotel", "lodging", "hotel name", "check in",
         "check out", "tanggal check in", "tanggal check out", "tgl check in", "tgl check out", "nama tamu",
         "guest name", "no kamar", "nomor kamar", "room number", "alamat penginapan"),
        {"names": ("nama tamu", "nama tamu asing", "tamu", "guest", "guest name", "name of guest"),
         "lodging_village": _forms("village"), "lodging_district": _forms("district"),
         "arrived_on": ("tanggal masuk", "tgl masuk", "tanggal datang", "tgl datang", "masuk"),
         "departed_on": ("tanggal keluar", "tgl keluar", "keluar", "departure date")},
    ),
    _kind(
        "own", N_("An officer's own list"), (), tuple(COLUMNS),
        N_("What an officer has noted so far; it opens the balance and is asked for in the first Return."),
    ),
)  # fmt: skip

KINDS: dict[str, ListKind] = {kind.code: kind for kind in _ALL}


@cache
def forms(code: str) -> Mapping[str, str]:
    """Folded heading → field for a kind: its own columns first, then every other column's."""
    found: dict[str, str] = {}
    for column in (*KINDS[code].columns, *COLUMNS.values()):
        for form in (column.name, column.heading, *column.aliases):
            found.setdefault(folded(form), column.name)
    return found
