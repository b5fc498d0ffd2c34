"""What people send by mistake or in bad faith: each is answered with a sentence, nothing raises."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.packed import text_cell, xlsx_of, zipped
from timpora.exchange.lists import FILE, KINDS, LIMITS, NOTES, REMEDIES, inspect, read

TODAY = date(2026, 11, 25)
PLAIN = "Nama;No. Paspor;Kebangsaan;Tgl Lahir\nJosé Müller;E1;Jerman;17/08/1990\n"
HEADS = f'<row r="1">{text_cell("A1", "Nama")}{text_cell("B1", "No. Paspor")}</row>'
PERSON = f'<row r="2">{text_cell("A2", "LI Wei")}{text_cell("B2", "E1")}</row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def codes(data: bytes) -> list[str]:
    """The codes of the faults that block, the same whether the file is looked at or read."""
    looked = [fault.code for fault in inspect(data, "own", today=TODAY).faults if fault.blocks]
    draft = read(data, "own", today=TODAY)
    assert [fault.code for fault in draft.faults if fault.blocks] == looked
    assert not looked or draft.lines == []
    assert all(fault.message == FILE[fault.code] for fault in draft.faults)
    return looked


def workbook(rows: int, columns: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", "No. Paspor", *(f"kolom {i}" for i in range(columns - 2))])
        for row in range(1, rows):
            sheet.write_row(row, 0, ["LI WEI", row, *["x"] * (columns - 2)])
    return buffer.getvalue()


def encrypted_xlsx() -> bytes:
    """The head of a compound file with a stream called EncryptedPackage, as a password makes of an XLSX."""
    sector = 512
    header = bytearray(OLE + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10)
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\0" * 4 + (4096).to_bytes(4, "little")
    header += b"\xfe\xff\xff\xff" + b"\0" * 4 + b"\xfe\xff\xff\xff" + b"\0" * 4
    header += (0).to_bytes(4, "little") + b"\xff\xff\xff\xff" * 108
    fat = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff\xff\xff\xff" * 126
    directory = b"".join(
        _entry(name, kind, child)
        for name, kind, child in (
            ("Root Entry", 5, 1),
            ("EncryptedPackage", 2, None),
            ("", 0, None),
            ("", 0, None),
        )
    )
    return bytes(header.ljust(sector, b"\0")) + fat + directory


def _entry(name: str, kind: int, child: int | None) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    free = b"\xff\xff\xff\xff"
    links = free + free + (free if child is None else child.to_bytes(4, "little"))
    tail = b"\0" * 36 + b"\xfe\xff\xff\xff" + b"\0" * 8
    return text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + bytes([kind, 1]) + links + tail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_separator_and_name(encoding: str, sign: str) -> None:
    text = PLAIN.replace(";", sign)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (line,) = read(mark + text.encode(encoding), "own", today=TODAY).lines
    assert line.values["names"] == "José Müller" and line.values["birth_date"] == "1990-08-17"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf;;;\n;;\n", "empty"),
        (b"Nama;No. Paspor\n", "empty"),
        (b"satu;dua\n1;2\n", "no_headings"),
        (b"Merek;Warna;Harga\nA;B;3\n", "no_headings"),
        (PLAIN.encode().replace(b"E1", b"E\0001"), "not_a_sheet"),
        (b"\0" * 4_000, "not_a_sheet"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "not_a_sheet"),
        (workbook(3, 3)[:-200], "not_a_sheet"),
        (workbook(3, 3)[:400], "not_a_sheet"),
        (encrypted_xlsx(), "encrypted"),
        (OLE + b"\0" * 504 + b"\x09\x08\x10\0" + b"\0" * 16 + b"\x2f\0" + b"\0" * 60, "encrypted"),
        (zipped({"content.xml": "", "META-INF/manifest.xml": "<m:encryption-data/>"}), "encrypted"),
        (zipped({"word/document.xml": "<w/>"}), "not_a_sheet"),
        (PLAIN.replace("Tgl Lahir", ";".join(f"k{i}" for i in range(300))).encode(), "too_many_columns"),
        (b"x" * (LIMITS.size + 1), "too_large"),
        ((PLAIN.split("\n")[0] + "\n" + "A;1;RRT;1990\n" * 50_030).encode(), "too_many_rows"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_three_hundred_columns_of_a_workbook_are_refused() -> None:
    assert codes(workbook(3, 300)) == ["too_many_columns"]


def test_more_rows_than_are_taken_are_refused_with_the_limit_and_the_way() -> None:
    assert codes(workbook(50_040, 2)) == ["too_many_rows"]
    assert f"{LIMITS.rows:,}" in FILE["too_many_rows"] and "in parts" in FILE["too_many_rows"]
    assert all("`timpora import`" in FILE[code] for code in ("too_many_rows", "too_large"))
    assert f"{LIMITS.columns}" in FILE["too_many_columns"]
    assert f"{LIMITS.size // 2**20} MB" in FILE["too_large"] and "in parts" in FILE["too_large"]


def test_a_million_rows_are_refused() -> None:
    """Each row ten bytes packed to next to nothing: what a formula dragged to the end of a sheet makes."""
    row = '<row><c t="n"><v>1</v></c><c t="n"><v>2</v></c></row>'
    data = xlsx_of(HEADS + row * 1_000_000)
    assert len(data) < LIMITS.size
    assert [fault.code for fault in inspect(data, "own").faults] in (["too_many_rows"], ["too_large"])


def test_a_zip_bomb_ends_at_its_limit() -> None:
    bomb = xlsx_of(HEADS + f'<row r="2">{text_cell("A2", "a" * 400_000_000)}</row>')
    assert len(bomb) < 500_000
    assert codes(bomb) == ["too_large"]


def test_a_cell_in_the_last_corner_costs_no_memory() -> None:
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    assert codes(xlsx_of(HEADS + PERSON + far)) == ["too_large"]


def test_nothing_is_read_from_a_workbook_with_an_external_entity() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(2, 2))) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    part = "xl/worksheets/sheet1.xml"
    declared = '<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/hostname">]><worksheet'
    assert codes(zipped({**parts, part: parts[part].replace("<worksheet", declared, 1)})) == ["not_a_sheet"]


def test_two_columns_of_one_heading_are_kept_apart_and_the_first_proposed() -> None:
    found = inspect(b"Nama;Nama;No. Paspor\nLI WEI;Li;E1\n", "own")
    assert [(h.label, h.field) for h in found.headings] == [
        ("Nama", "names"), ("Nama (2)", ""), ("No. Paspor", "document_number"),
    ]  # fmt: skip


def test_a_formula_without_a_result_and_a_rounded_number_are_named() -> None:
    row = (
        f'<row r="3">{text_cell("A3", "WU AN")}<c r="B3"><f>"E"&amp;2</f></c></row>'
        f'<row r="4">{text_cell("A4", "KIM")}<c r="B4"><v>3319010101900001</v></c></row>'
        f'<row r="5">{text_cell("A5", "LEE")}<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    lines = read(xlsx_of(HEADS + PERSON + row), "own", today=TODAY).lines
    assert [[(f.row, f.heading, f.code) for f in line.faults] for line in lines] == [
        [], [(3, "No. Paspor", "no_result")], [(4, "No. Paspor", "rounded_number")],
        [(5, "No. Paspor", "no_result")],
    ]  # fmt: skip
    assert all(line.usable for line in lines)


def test_a_row_whose_name_is_a_formula_without_a_result_is_not_passed_over() -> None:
    row = '<row r="3"><c r="A3"><f>B3</f></c></row>' + f'<row r="4">{text_cell("C4", "Kepala Dinas")}</row>'
    found = read(xlsx_of(HEADS + PERSON + row), "own", today=TODAY)
    assert [[fault.code for fault in line.faults] for line in found.lines] == [[], ["no_result"]]
    assert found.passed_over == (4,)


BYTES = st.binary(max_size=300)
TABLES = st.text(max_size=300).map(
    lambda text: f"Nama;No. Paspor;Tgl Lahir\n{text}".encode("utf-8", "replace")
)
CELLS = st.lists(st.text(max_size=30), min_size=3, max_size=30).map(
    lambda cells: "\n".join(
        ["Nama;Tgl Lahir;Kebangsaan", *(";".join(cells[i : i + 3]) for i in range(0, len(cells), 3))]
    ).encode("utf-8", "replace")
)


@given(BYTES | TABLES | CELLS, st.sampled_from(sorted(KINDS)))
def test_any_bytes_are_answered(data: bytes, kind: str) -> None:
    found = inspect(data, kind, today=TODAY)
    draft = read(data, kind, today=TODAY)
    assert found.headings or found.faults
    assert draft.lines or draft.citizens or any(fault.blocks for fault in draft.faults)
    for line in draft.lines:
        assert line.number > 0 and all(fault.code in REMEDIES for fault in line.faults)
        assert all(line.values.values()) and set(line.notes) <= set(NOTES)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"PK\x03\x04", OLE, b"\xff\xfe", b"%PDF"]))
def test_any_bytes_behind_a_known_beginning_are_answered(data: bytes, start: bytes) -> None:
    found = inspect(start + data, "own", today=TODAY)
    assert found.faults or found.headings
