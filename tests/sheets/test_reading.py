"""Files as offices send them: titled, numbered, half empty, in any encoding, now and then hostile."""

import datetime
import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.packed import ods, text_cell, xlsx_of, zipped
from timpora.sheets import MESSAGES, Column, Limits, Sheet, read, xlsx

COLUMNS = [
    Column("name", "Nama", ["Nama Lengkap", "Full name"], required=True),
    Column("number", "No. Paspor", ["Nomor Paspor", "Passport Number"], required=True),
    Column("birth", "Tanggal Lahir", ["TTL", "Date of birth"]),
]
PLAIN = "Nama;No. Paspor;Tanggal Lahir\nLI Wei;E1;1990-05-03\n"


def values(sheet: Sheet) -> list[tuple[str, ...]]:
    return [tuple(row.values[c.name] for c in COLUMNS) for row in sheet.rows]


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    return [fault.code for fault in read(data, COLUMNS, limits).faults]


def workbook(write: object, **options: object) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        write(book)  # type: ignore[operator]
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding: str, sign: str) -> None:
    text = PLAIN.replace("LI Wei", '"José, Müller; x"').replace(";", sign).replace(f"Müller{sign}", "Müller;")
    assert values(read(text.encode(encoding), COLUMNS)) == [("José, Müller; x", "E1", "1990-05-03")]


def test_a_csv_says_its_own_separator_and_keeps_leading_zeros() -> None:
    text = 'sep=^\r\nNama^No. Paspor\r\nLI Wei^="0012"\r\nWU An^\'+62\r\n'
    assert values(read(text.encode(), COLUMNS)) == [("LI Wei", "0012", ""), ("WU An", "+62", "")]


def test_one_column_of_names_with_commas_is_not_cut_apart() -> None:
    sheet = read(b"Nama\nDOE, John\n", [COLUMNS[0]])
    assert [row.values for row in sheet.rows] == [{"name": "DOE, John"}]


def test_titles_above_column_numbers_below_and_empty_rows_are_passed_over() -> None:
    sheet = read((Path(__file__).parent / "register.xls").read_bytes(), COLUMNS)
    assert values(sheet) == [
        ("Nguyễn Văn An", "C0000001", "1990-05-03"),
        ("LI Wei", "E00000002", "1988"),
    ]
    assert [row.number for row in sheet.rows] == [5, 7]
    assert sheet.unknown == ("No",) and sheet.faults == []


def test_an_ods_is_read_with_its_dates() -> None:
    sheet = read(ods([["Full name", "Passport Number", "TTL"], ["LI Wei", "E1", "1990-05-03"]]), COLUMNS)
    assert values(sheet) == [("LI Wei", "E1", "1990-05-03")]


def test_headings_are_recognised_by_alias_case_star_and_bracket() -> None:
    text = "NAMA LENGKAP *;nomor-paspor (wajib);Tanggal  Lahir [dd/mm/yyyy];Agama\nLI Wei;E1;1990;-\n"
    sheet = read(text.encode(), COLUMNS)
    assert values(sheet) == [("LI Wei", "E1", "1990")]
    assert sheet.found == ("name", "number", "birth") and sheet.unknown == ("Agama",)


def test_a_missing_and_a_doubled_column_are_named() -> None:
    sheet = read(b"Nama;Full name;Tanggal Lahir\nLI Wei;Li;1990\n", COLUMNS)
    assert [(f.row, f.column, f.code) for f in sheet.faults] == [
        (1, "name", "doubled_column"),
        (1, "number", "missing_column"),
    ]
    assert values(sheet) == [("LI Wei", "", "1990")]


def test_typed_cells_come_as_plain_text_and_formulas_as_their_result() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet, moment = book.add_worksheet("Data"), book.add_format({"num_format": "d/m/y h:mm"})
        sheet.write_row(0, 0, ["Nama", "No. Paspor", "TTL"])
        sheet.write_formula(1, 0, '="LI "&"Wei"', None, "LI Wei")
        sheet.write_number(1, 1, 123456)
        sheet.write_datetime(1, 2, datetime.datetime.fromisoformat("1990-05-03T10:20"), moment)
        sheet.write_boolean(2, 0, True)
        sheet.write_number(2, 1, 1.5)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    assert values(read(workbook(write), COLUMNS)) == [
        ("LI Wei", "123456", "1990-05-03T10:20:00"),
        ("TRUE", "1.5", ""),
    ]


def test_the_sheet_with_the_headings_is_taken_and_hidden_ones_are_not_looked_at() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        cover, hidden, data = (book.add_worksheet(title) for title in ("Sampul", "Lama", "Data"))
        cover.write(0, 0, "Kepada Yth.")
        cover.activate()
        hidden.write_row(0, 0, ["Nama", "No. Paspor", "TTL"])
        hidden.write_row(1, 0, ["Old", "X1", "1980"])
        hidden.hide()
        data.write_row(3, 1, ["Nama", "No. Paspor"])
        data.write_row(4, 1, ["LI Wei", "E1"])

    sheet = read(workbook(write), COLUMNS)
    assert values(sheet) == [("LI Wei", "E1", "")] and sheet.rows[0].number == 5


def test_a_number_too_long_for_a_spreadsheet_is_not_taken_silently() -> None:
    sheet = read(xlsx(COLUMNS, [{"name": "A", "number": 331901010190000.0}]), COLUMNS)
    assert sheet.faults == []

    def write(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nama", "No. Paspor"])
        page.write_row(1, 0, ["A", 3319010101900001])

    (fault,) = read(workbook(write), COLUMNS).faults
    assert (fault.row, fault.column, fault.code) == (2, "number", "rounded_number")


def test_a_cell_of_ten_thousand_characters_and_more_is_cut_and_named() -> None:
    sheet = read(f"Nama;No. Paspor\n{'a' * 10_001};E1\n".encode(), COLUMNS)
    assert len(sheet.rows[0].values["name"]) == 10_000
    assert [(f.row, f.column, f.code) for f in sheet.faults] == [(2, "name", "too_long")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" ;;\n;;\n", "empty"),
        (b"Nama;No. Paspor\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"satu;dua\n1;2\n", "no_headings"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_sheet"),
        (b"\xff\xfea", "not_a_sheet"),
        (b"\n<html><table><tr><td>Nama</td></tr></table>", "not_a_sheet"),
        (b"%PDF-1.7\n%\xe2\xe3\nNama;No. Paspor", "not_a_sheet"),
        (b"PK\x03\x04 not a zip", "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_sheet"),
        (zipped({"word/document.xml": "<w/>"}), "not_a_sheet"),
        (xlsx_of('<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</is></c>'), "not_a_sheet"),
    ],
)
def test_what_is_no_table_is_answered_with_one_sentence(data: bytes, code: str) -> None:
    sheet = read(data, COLUMNS)
    assert sheet.rows == []
    assert [(f.row, f.code) for f in sheet.faults] == [(0, code)]
    assert sheet.faults[0].message == MESSAGES[code]


def test_too_many_bytes_and_too_many_rows_are_refused() -> None:
    assert codes(b"x" * 101, Limits(size=100)) == ["too_large"]
    many = "Nama;No. Paspor\n" + "LI Wei;E1\n" * 6
    assert codes(many.encode(), Limits(rows=5)) == ["too_many_rows"]
    assert codes(many.encode(), Limits(rows=6)) == []
    packed = xlsx(COLUMNS, [{"name": "A", "number": str(i)} for i in range(40)])
    assert codes(packed, Limits(rows=5)) == ["too_many_rows"]


HEADS = f'<row r="1">{text_cell("A1", "Nama")}{text_cell("B1", "No. Paspor")}</row>'
PERSON = f'<row r="2">{text_cell("A2", "LI Wei")}{text_cell("B2", "E1")}</row>'


def test_a_format_down_to_the_last_row_is_no_content() -> None:
    far = '<row r="1048576"><c r="A1048576" s="0"/></row>'
    assert values(read(xlsx_of(HEADS + PERSON + far), COLUMNS)) == [("LI Wei", "E1", "")]


def test_a_cell_in_the_last_corner_cannot_take_the_machines_memory() -> None:
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    assert codes(xlsx_of(HEADS + PERSON + far)) == ["too_large"]


def test_a_zip_bomb_ends_at_its_limit() -> None:
    swollen = f'<row r="2">{text_cell("A2", "a" * 150_000_000)}</row>'
    bomb = xlsx_of(HEADS + swollen)
    assert len(bomb) < 200_000
    assert codes(bomb, Limits(memory=192 * 2**20, seconds=5)) == ["too_large"]


TABLES = st.text(max_size=200).map(lambda text: f"Nama;No. Paspor\n{text}".encode("utf-8", "replace"))


@given(st.binary(max_size=200) | TABLES)
def test_any_bytes_are_answered_without_error(data: bytes) -> None:
    sheet = read(data, COLUMNS)
    assert sheet.rows or sheet.faults
    assert all(f.code in MESSAGES for f in sheet.faults)
