"""The lists that are known, and how their headings are recognised."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from timpora.exchange.lists import KINDS, inspect
from timpora.exchange.lists.columns import COLUMNS, EXTRA, NOT_KEPT, STAY
from timpora.exchange.lists.kinds import GUESTS, forms
from timpora.registry.fields import ALL
from timpora.sheets.columns import folded

TODAY = date(2026, 11, 25)


def csv_of(headings: Sequence[str], *rows: Sequence[str]) -> bytes:
    return "\n".join(";".join(row) for row in (headings, *rows)).encode()


def proposed(kind: str, *headings: str, row: Sequence[str] = ()) -> Mapping[str, str]:
    return inspect(csv_of(headings, row or ["x"] * len(headings)), kind, today=TODAY).mapping


def test_every_column_is_a_field_of_the_registry_or_serves_to_read_one() -> None:
    assert set(COLUMNS) - set(EXTRA) <= set(ALL)
    assert set(EXTRA) <= set(COLUMNS)


def test_no_heading_means_two_things_and_none_that_is_kept_stands_among_those_left_out() -> None:
    meant: dict[str, str] = {}
    for column in COLUMNS.values():
        for form in {folded(form) for form in (column.name, column.heading, *column.aliases)}:
            assert meant.setdefault(form, column.name) == column.name, form
    assert not set(meant) & {folded(text) for text in NOT_KEPT}


def test_every_kind_says_what_it_counts_and_can_be_told() -> None:
    for kind in KINDS.values():
        assert kind.name and kind.definition.endswith(".")
        assert {"names", "nationality", "document_number"} <= {column.name for column in kind.columns}
        stay = STAY if kind.code == GUESTS else {}
        assert set(forms(kind.code).values()) == {*COLUMNS, *stay}


SHEETS = {
    "permits": {
        "Nama": "names", "TTL": "birth_date", "JK": "sex", "No. Paspor": "document_number",
        "Masa Berlaku Paspor": "document_until", "Kebangsaan": "nationality", "Sponsor": "guarantor",
        "Alamat": "address", "No. ITAS": "itas_number", "No. ITK": "itk_number", "No. ITAP": "itap_number",
        "Masa Berlaku": "permit_until", "Pekerjaan": "job", "Niora": "",
    },
    "workers": {
        "Nama TKA": "names", "Warga Negara": "nationality", "Jabatan": "job", "Nama Perusahaan": "employer",
        "Lokasi Kerja": "work_area", "Masa Berlaku": "rptka_until", "Passport No": "document_number",
        "No. RPTKA": "",
    },
    "domicile": {
        "NIK": "nik_domicile", "Nama Lengkap": "names", "Tempat/Tgl Lahir": "birth_date", "L/P": "sex",
        "RT/RW": "rt_rw", "Desa/Kel": "village", "Kec.": "district", "Tgl Terbit SKTT": "issued_on",
        "Masa Berlaku ITAS": "permit_until", "Agama": "", "No KK": "",
    },
    "register": {
        "alamat": "address", "dusun": "", "rw": "rt_rw", "rt": "rt_rw", "nama": "names", "no_kk": "",
        "nik": "nik_domicile", "sex": "sex", "tempatlahir": "birth_place", "tanggallahir": "birth_date",
        "agama_id": "", "warganegara_id": "citizenship", "nama_ayah": "",
        "dokumen_pasport": "document_number", "tanggal_akhir_paspor": "document_until",
        "dokumen_kitas": "permit_number",
        "status_dasar": "life_status", "negara_asal": "nationality",
    },
    "students": {
        "Nama Mahasiswa": "names", "NIM": "", "Program Studi": "purpose", "Perguruan Tinggi": "institution",
        "Asal Negara": "nationality", "No. Passport": "document_number", "Exp KITAS": "permit_until",
    },
    "sheet": {
        "No": "", "Tanggal Permohonan": "issued_on", "Nama": "names", "TTL": "birth_date",
        "No. Paspor": "document_number", "Masa Berlaku Paspor": "document_until", "Kebangsaan": "nationality",
        "Sponsor": "guarantor", "Alamat": "address", "No. ITAS": "itas_number", "No. ITK": "itk_number",
        "No. IMK": "", "No. TSP/EPO": "epo_number", "No. ITAP": "itap_number",
        "Masa Berlaku": "permit_until", "Jenis Kelamin": "sex",
    },
    "guests": {
        "No": "", "Nama Penginapan": "lodging", "Alamat Penginapan": "", "Kecamatan": "lodging_district",
        "Nama Tamu": "names", "Tempat Lahir": "birth_place", "Tanggal Lahir": "birth_date",
        "Jenis Kelamin": "sex", "Kewarganegaraan": "nationality", "Nomor Paspor": "document_number",
        "Masa Berlaku Paspor": "document_until", "Tanggal Masuk": "arrived_on",
        "Tanggal Keluar": "departed_on", "No. Kamar": "",
    },
    "own": {"Surname": "family", "Given Name(s)": "given", "DOB": "birth_date", "Country": "nationality"},
}  # fmt: skip


@pytest.mark.parametrize("kind", SHEETS)
def test_each_list_is_recognised_by_its_usual_headings(kind: str) -> None:
    expected = {heading: field for heading, field in SHEETS[kind].items() if field}
    assert proposed(kind, *SHEETS[kind]) == expected


@pytest.mark.parametrize(
    "headings",
    [
        ("Hotel Name", "Full Name", "Check-in Date", "Check-out Date"),
        ("Lodging", "Guest Name", "Arrival Date", "Departure Date"),
        ("Nama Hotel", "Nama Lengkap", "Tgl. Check In", "Tgl. Check Out"),
        ("Penginapan", "Nama Tamu", "Tanggal Kedatangan", "Tgl Keluar"),
    ],
)
def test_a_list_of_guests_is_recognised_in_both_languages(headings: Sequence[str]) -> None:
    fields = ("lodging", "names", "arrived_on", "departed_on")
    assert proposed(GUESTS, *headings) == dict(zip(headings, fields, strict=True))


def test_headings_in_two_languages_and_under_groups_are_recognised() -> None:
    data = (
        "IDENTITAS TKA;;;;PERUSAHAAN;;RPTKA;;;Paspor;\n"
        'Nama;"Kebangsaan\nNationality";L / P;TTL (Date of Birth);Nama;Alamat;'
        "Nomor;Tgl Mulai;Tgl Berakhir;No.;Exp\n"
        "LI WEI;RRT;L;1990;PT Contoh;Jl. A;12;01/01/2026;31/12/2026;E1;2030\n"
    )
    found = inspect(data.encode(), "workers", today=TODAY)
    assert [(heading.field or heading.sure) for heading in found.headings] == [
        "names", "nationality", "sex", "birth_date", "employer", "not_kept", "not_kept", "rptka_from",
        "rptka_until", "document_number", "document_until",
    ]  # fmt: skip
    assert found.headings[1].label == "IDENTITAS TKA Kebangsaan Nationality"


def test_the_skim_headings_are_recognised() -> None:
    headings = (
        "No", "Nama", "TTL", "Niora", "Status Sipil", "Kewarganegaraan", "Pekerjaan", "No. Paspor",
        "Jenis Keimigrasian", "Alamat", "No. Register", "Jenis Kelamin",
    )  # fmt: skip
    found = inspect(csv_of(headings, ["x"] * 12), "sheet", today=TODAY)
    assert found.mapping == {
        "Nama": "names", "TTL": "birth_date", "Kewarganegaraan": "nationality", "Pekerjaan": "job",
        "No. Paspor": "document_number", "Jenis Keimigrasian": "permit_kind", "Alamat": "address",
        "No. Register": "permit_number", "Jenis Kelamin": "sex",
    }  # fmt: skip
    assert found.unknown == ()


def test_a_misspelt_heading_is_likely_and_a_strange_one_unknown() -> None:
    found = inspect(csv_of(["Nama", "Kewarganegaran", "Zodiak"], ["LI WEI", "RRT", "Naga"]), "own")
    assert [(h.label, h.field, h.sure) for h in found.headings] == [
        ("Nama", "names", "known"),
        ("Kewarganegaran", "nationality", "likely"),
        ("Zodiak", "", "unknown"),
    ]
    assert found.unknown == ("Zodiak",)
    assert found.headings[1].samples == ("RRT",)


def test_what_an_agency_confirmed_before_is_proposed_again() -> None:
    data = csv_of(["Orang", "Alamat", "Zodiak"], ["LI WEI", "Jl. A", "Naga"])
    found = inspect(data, "own", {"Orang": "names", "Alamat": "", "Zodiak": "purpose"})
    assert found.mapping == {"Orang": "names", "Zodiak": "purpose"}
    assert {heading.sure for heading in found.headings} == {"remembered"}


def test_of_a_place_and_a_date_under_one_heading_the_dates_are_taken() -> None:
    found = inspect(csv_of(["Nama", "TTL", "TTL"], ["LI WEI", "Guangzhou", "17-08-1990"]), "permits")
    assert found.mapping == {"Nama": "names", "TTL (2)": "birth_date"}


def test_a_column_of_wni_and_wna_is_no_nationality() -> None:
    assert (
        proposed("register", "Nama", "Warga Negara", row=["LI WEI", "WNA"])["Warga Negara"] == "citizenship"
    )


@pytest.mark.parametrize(
    ("sent", "meant"), [("workers", "domicile"), ("domicile", "workers"), ("students", "permits")]
)
def test_a_file_of_another_agency_is_told_by_its_headings(sent: str, meant: str) -> None:
    (fault,) = inspect(csv_of(list(SHEETS[sent]), ["x"] * len(SHEETS[sent])), meant).faults
    assert (fault.code, fault.kind, fault.blocks) == ("wrong_list", sent, False)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_list_of_its_own_agency_is_not_doubted(kind: str) -> None:
    assert inspect(csv_of(list(SHEETS[kind]), ["x"] * len(SHEETS[kind])), kind).faults == ()
