"""Agencies' files as they are: what each row says, and every fault with its row, column, value and remedy."""

import io
from datetime import date

import pytest
import xlsxwriter

from timpora.exchange.lists import FILE, NOTES, REMEDIES, Draft, inspect, read
from timpora.sheets import Column, xlsx

TODAY = date(2026, 11, 25)
HEAD = "No;NAMA;TTL;L/P;Kebangsaan;No. Paspor;Masa Berlaku Paspor;Alamat Tinggal;Desa/Kel;Kec."
LI = "1;LI WEI;Guangzhou, 17-08-1990;L;RRT;E 123-456;12/05/2030;Jl. Sunan 3;Mlati;Kota"


def draft(*rows: str, kind: str = "permits", head: str = HEAD) -> Draft:
    return read("\n".join([head, *rows]).encode(), kind, today=TODAY)


def one(field: str, text: str, kind: str = "permits") -> tuple[str, list[str], tuple[str, ...]]:
    """What a column called `field` says of `text`, the codes of its faults, and the notes."""
    data = f'Nama;Alamat;{field}\nLI WEI;Jl. A;"{text}"\n'
    (line,) = read(
        data.encode(), kind, {"Nama": "names", "Alamat": "address", field: field}, today=TODAY
    ).lines
    return line.values.get(field, ""), [fault.code for fault in line.faults], line.notes


def test_a_row_is_read_as_statements_hold_it() -> None:
    (line,) = draft(LI).lines
    assert line.number == 2 and line.faults == () and line.usable
    assert line.values == {
        "names": "LI WEI", "birth_date": "1990-08-17", "sex": "M", "nationality": "CHN",
        "nationality_text": "RRT", "document_number": "E123456", "document_until": "2030-05-12",
        "address": "Jl. Sunan 3", "village": "Mlati", "district": "Kota",
    }  # fmt: skip
    assert line.raw["TTL"] == "Guangzhou, 17-08-1990" and "No" not in line.raw


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("birth_date", "GUANGZHOU / 17 Agustus 1990", "1990-08-17"),
        ("birth_date", "Ho Chi Minh City,1990-08-17", "1990-08-17"),
        ("birth_date", "Kudus, 1990", "1990"),
        ("birth_date", "17-08-1990 / Guangzhou", "1990-08-17"),
        ("birth_date", "Guangzhou, Agustus 1990", "1990-08"),
        ("birth_date", "Kudus-17-08-1990", "1990-08-17"),
        ("birth_date", "Kudus, August 17, 1990", "1990-08-17"),
        ("birth_date", "HO CHI MINH 17 AGUSTUS 1990", "1990-08-17"),
        ("birth_date", "17/08/1990", "1990-08-17"),
        ("names", "  Nguyễn   Thị\u200e Ánh ", "Nguyễn Thị Ánh"),
        ("sex", "Laki-laki", "M"),
        ("sex", "P", "F"),
        ("sex", "Pria", "M"),
        ("sex", "P / Female", "F"),
        ("nationality", "Tiongkok", "CHN"),
        ("nationality", "Korea Selatan", "KOR"),
        ("nationality", "WN Jepang", "JPN"),
        ("nationality", "CHINA (RRT)", "CHN"),
        ("permit_kind", "KITAS", "ITAS"),
        ("permit_kind", "ITAS (E23)", "ITAS"),
        ("permit_kind", "e-ITAP", "ITAP"),
        ("permit_kind", "Visa on arrival", "ITK"),
        ("permit_until", "s/d 31-12-2027", "2027-12-31"),
        ("permit_until", "01/01/2026 - 31/12/2026", "2026-12-31"),
        ("permit_index", "e 23", "E23"),
        ("document_number", "e-123 456", "E123456"),
    ],
)
def test_what_offices_write_is_read(field: str, text: str, value: str) -> None:
    if field == "names":
        assert draft(f";{text};1990;;;;;;;").lines[0].values["names"] == value
    else:
        assert one(field, text)[:2] == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("birth_date", "Kudus, 31/02/2024", "date_impossible"),
        ("birth_date", "Kudus, 17 Foo 1990", "date_unreadable"),
        ("birth_date", "a " * 900, "date_unreadable"),
        ("birth_date", "Bangkok, 03/04/2533", "date_buddhist"),
        ("birth_date", "Aden, 3 Rajab 1410", "date_other_calendar"),
        ("document_until", "17/08/1450", "date_hijri"),
        ("sex", "?", "sex_unknown"),
        ("nationality", "Wakanda", "nationality_unknown"),
        ("nationality", "Indonesia", "citizen"),
        ("permit_kind", "entah", "permit_unknown"),
        ("permit_kind", "Diplomatik", "diplomat"),
        ("document_number", "3,31901E+15", "rounded_number"),
        ("document_number", "?!", "no_number"),
        ("job", "a" * 300, "too_long"),
    ],
)
def test_a_fault_names_row_column_value_and_remedy(field: str, text: str, code: str) -> None:
    data = f"Nama;Alamat;Kolom\nWU AN;Jl. B;\nLI WEI;Jl. A;{text}\n"
    mapping = {"Nama": "names", "Alamat": "address", "Kolom": field}
    good, bad = read(data.encode(), "permits", mapping, today=TODAY).lines
    assert good.faults == ()
    (fault,) = bad.faults
    assert (fault.row, fault.heading, fault.field, fault.code) == (3, "Kolom", field, code)
    assert fault.value == text[:200] and fault.remedy == REMEDIES[code]
    assert field not in bad.values and bad.usable == (code not in ("citizen", "diplomat"))


def test_a_name_alone_and_a_row_of_nobody_are_faults_of_the_row() -> None:
    found = draft(LI, "2;BUDI;;;;;;;;", "3;;Kudus, 1990;L;RRT;;;;;", "4;WU AN;;P;RRT;;;;;")
    assert [[fault.code for fault in line.faults] for line in found.lines] == [
        [],
        ["too_little"],
        ["no_person"],
        [],
    ]
    assert [line.usable for line in found.lines] == [True, False, False, True]


def test_totals_signatures_titles_and_repeated_headings_are_passed_over() -> None:
    found = draft(
        "1;2;3;4;5;6;7;8;9;10", ";;;;;;;;;", LI, ";;;;;;;PT Contoh;;", HEAD, "2;WU AN;1991;P;RRT;E2;;;;",
        "Jumlah;2;;;;;;;;", ";;;;;;;Kudus, 3 November 2026;;", ";;;;;;;Kepala;Dinas;",
    )  # fmt: skip
    assert [line.values["names"] for line in found.lines] == ["LI WEI", "WU AN"]
    assert found.passed_over == (5, 6, 8, 9, 10)
    assert [note.count for note in found.notes if note.code == "passed_over"] == [5]


def test_a_row_of_a_company_called_total_and_a_last_row_without_a_name_are_no_closing_rows() -> None:
    head = "Nama Perusahaan;Nama TKA;Kebangsaan;Tgl Lahir"
    found = draft("Total Contoh Persada;LI WEI;RRT;1990", "PT Contoh;;Korea;1991", head=head, kind="workers")
    assert [[fault.code for fault in line.faults] for line in found.lines] == [[], ["no_person"]]


def test_the_order_of_dates_is_decided_by_column() -> None:
    head = "Nama;Tgl Lahir;Masa Berlaku Paspor;Masa Berlaku ITAS"
    found = draft(
        "LI WEI;08/17/1990;01/02/2030;17/01/2027", "WU AN;03/04/1988;03/04/2031;02/03/2027", head=head
    )
    assert [line.values["birth_date"] for line in found.lines] == ["1990-08-17", "1988-03-04"]
    assert [line.values["document_until"] for line in found.lines] == ["2030-02-01", "2031-04-03"]
    assert [line.values["permit_until"] for line in found.lines] == ["2027-01-17", "2027-03-02"]
    assert [(note.code, note.heading) for note in found.notes] == [
        ("date_order_assumed", "Masa Berlaku Paspor")
    ]


def test_p_beside_w_is_pria() -> None:
    head = "Nama;JK;Kebangsaan"
    found = draft("LI WEI;P;RRT", "WU AN;W;RRT", head=head)
    assert [line.values["sex"] for line in found.lines] == ["M", "F"]


def test_the_number_of_a_permit_says_its_kind() -> None:
    head = "Nama;Kebangsaan;No. ITK;No. ITAS;No. ITAP;No. TSP/EPO"
    found = draft("LI WEI;RRT;;2C11-A;;", "WU AN;RRT;;;3D1;", "KIM;Korea;K1;;;EP1", head=head, kind="sheet")
    assert [(line.values["permit_kind"], line.values["permit_number"]) for line in found.lines] == [
        ("ITAS", "2C11-A"), ("ITAP", "3D1"), ("ITK", "K1"),
    ]  # fmt: skip
    assert found.lines[2].notes == ("left",)


def test_a_span_of_an_rptka_gives_both_days_and_a_lifelong_permit_none() -> None:
    head = "Nama TKA;Kebangsaan;Periode RPTKA"
    (line,) = draft("LI WEI;RRT;1 Januari 2026 s.d. 31 Desember 2026", head=head, kind="workers").lines
    assert (line.values["rptka_from"], line.values["rptka_until"]) == ("2026-01-01", "2026-12-31")
    assert one("permit_until", "Seumur hidup") == ("", [], ("no_end",))


def test_a_title_of_a_company_is_the_employer_of_the_rows_below_it() -> None:
    head = "No;Nama TKA;Kebangsaan"
    rows = (
        "A. PT Contoh Satu;;",
        "1;LI WEI;RRT",
        "2;KIM;Korea",
        "PT Contoh Dua;;",
        "1;WU AN;RRT",
        "PT Akhir;;",
    )
    found = draft(*rows, head=head, kind="workers")
    assert [line.values["employer"] for line in found.lines] == ["PT Contoh Satu"] * 2 + ["PT Contoh Dua"]
    assert {line.notes for line in found.lines} == {("employer_from_title",)}
    named = draft("PT Contoh;;", "1;LI WEI;CV Lain", head="No;Nama TKA;Nama Perusahaan", kind="workers")
    assert named.lines[0].values["employer"] == "CV Lain"


def test_a_villages_register_keeps_no_citizen() -> None:
    head = "alamat;rw;rt;nama;nik;sex;tempatlahir;tanggallahir;warganegara_id;dokumen_pasport;status_dasar"
    found = draft(
        "Jl. A;01;02;SITI;3319010101900001;2;KUDUS;1990-01-01;1;;1",
        "Jl. B;03;04;LI WEI;3319011708900001;1;GUANGZHOU;1990-08-17;2;E1;3",
        "Jl. C;03;04;ANAK;;1;KUDUS;2020-01-01;3;;1",
        head=head, kind="register",
    )  # fmt: skip
    (line,) = found.lines
    assert line.values == {
        "address": "Jl. B", "rt_rw": "RW 03, RT 04", "names": "LI WEI", "nik_domicile": "3319011708900001",
        "sex": "M", "birth_date": "1990-08-17", "document_number": "E1",
    }  # fmt: skip
    assert line.notes == ("left",) and found.citizens == 2
    assert "SITI" not in repr(found) and "ANAK" not in repr(found)


def test_rows_that_share_a_document_or_everything_are_noted() -> None:
    found = draft(LI, LI.replace("Sunan", "Melati"), LI)
    assert [line.notes for line in found.lines] == [("same_document",), ("same_document",), ("same_row",)]


def test_given_and_family_names_make_the_printed_name() -> None:
    (line,) = draft("WEI;LI;1990-08-17", head="Given Name;Surname;DOB", kind="own").lines
    assert (line.values["names"], line.values["given"], line.values["family"]) == ("WEI LI", "WEI", "LI")


def test_only_the_chosen_columns_are_handed_on() -> None:
    data = f"{HEAD}\n{LI}\n".encode()
    (line,) = read(data, "permits", {"NAMA": "names", "No. Paspor": "document_number"}, today=TODAY).lines
    assert line.values == {"names": "LI WEI", "document_number": "E123456"}
    assert line.raw == {"NAMA": "LI WEI", "No. Paspor": "E 123-456"}


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"TTL": "birth_date"}, "no_name"),
        ({}, "no_name"),
        ({"NAMA": "names", "TTL": "names"}, "doubled_field"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused(mapping: dict[str, str], code: str) -> None:
    found = read(f"{HEAD}\n{LI}\n".encode(), "permits", mapping, today=TODAY)
    assert found.lines == [] and code in [fault.code for fault in found.faults if fault.blocks]


def book() -> bytes:
    """A workbook of a cover and two lists; the second has two heading rows and a merged employer."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.add_worksheet("Sampul").write(0, 0, "Kepada Yth.")
        first = workbook.add_worksheet("2025")
        first.write_row(0, 0, ["Nama", "Kebangsaan", "No. Paspor"])
        first.write_row(1, 0, ["WU AN", "RRT", "E2"])
        second = workbook.add_worksheet("2026")
        second.merge_range(0, 0, 0, 4, "DAFTAR TKA KABUPATEN KUDUS")
        second.merge_range(2, 0, 3, 0, "Nama TKA")
        second.merge_range(2, 1, 2, 2, "Paspor")
        second.write_row(3, 1, ["Nomor", "Berlaku s.d."])
        second.merge_range(2, 3, 3, 3, "Perusahaan")
        second.merge_range(2, 4, 3, 4, "Warga Negara")
        second.write_row(4, 0, ["LI WEI", "E1", "12/05/2030"])
        second.write_row(5, 0, ["KIM MIN", "M2"])
        second.write_datetime(5, 2, date(2031, 1, 13), workbook.add_format({"num_format": "dd/mm/yyyy"}))
        second.merge_range(4, 3, 5, 3, "PT Contoh")
        second.write_column(4, 4, ["RRT", "Korea"])
    return buffer.getvalue()


def test_every_sheet_is_offered_and_the_fitting_one_chosen() -> None:
    found = inspect(book(), "workers", today=TODAY)
    assert [(size.name, size.rows, size.columns) for size in found.sheets] == [
        ("Sampul", 1, 1), ("2025", 2, 3), ("2026", 6, 5),
    ]  # fmt: skip
    assert (found.sheet, found.heading_row, found.readable) == ("2026", 4, True)
    assert found.mapping == {
        "Nama TKA": "names", "Paspor Nomor": "document_number", "Paspor Berlaku s.d.": "document_until",
        "Perusahaan": "employer", "Warga Negara": "nationality",
    }  # fmt: skip
    assert inspect(book(), "workers", sheet="2025").mapping["Nama"] == "names"


def test_a_chosen_sheet_is_read_with_its_merged_cells() -> None:
    proposed = inspect(book(), "workers", today=TODAY)
    found = read(book(), "workers", proposed.mapping, "2026", today=TODAY)
    assert [line.number for line in found.lines] == [5, 6]
    assert {line.values["employer"] for line in found.lines} == {"PT Contoh"}
    assert [line.values["document_until"] for line in found.lines] == ["2030-05-12", "2031-01-13"]
    assert [line.values["names"] for line in read(book(), "workers", None, "2025", today=TODAY).lines] == [
        "WU AN"
    ]
    assert [fault.code for fault in read(book(), "workers", None, "2024", today=TODAY).faults] == ["no_sheet"]


def test_every_sentence_ends_as_one() -> None:
    for text in (*FILE.values(), *REMEDIES.values(), *NOTES.values()):
        assert text.endswith(".") and "%" not in text


def test_every_faulty_row_of_a_long_workbook_is_named() -> None:
    columns = [
        Column("names", "Nama"),
        Column("nationality", "Kebangsaan"),
        Column("birth_date", "Tgl Lahir"),
    ]
    wrong = {"Tgl Lahir": "31/02/1990", "Kebangsaan": "Wakanda"}
    rows = [{"names": f"ORANG {at}", "nationality": "RRT", "birth_date": "17/08/1990"} for at in range(2_000)]
    expected = {}
    for number, at in enumerate(range(7, 2_000, 20)):
        heading = ("Tgl Lahir", "Kebangsaan")[number % 2]
        rows[at][("birth_date", "nationality")[number % 2]] = wrong[heading]
        expected[at + 2] = (heading, wrong[heading])
    found = read(xlsx(columns, rows), "own", today=TODAY)
    faults = {fault.row: (fault.heading, fault.value) for line in found.lines for fault in line.faults}
    assert len(found.lines) == 2_000 and len(expected) == 100 and faults == expected
