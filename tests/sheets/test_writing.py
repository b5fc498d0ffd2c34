"""What we write is read back unchanged, and nothing in it is ever calculated."""

import csv as csv_format
import datetime
import io
import re
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timpora.sheets import Column, csv, read, template, xlsx
from timpora.sheets.reading import clean
from timpora.sheets.workbook import unpacked

COLUMNS = [
    Column("name", "Nama", note="Seperti pada paspor"),
    Column("number", "No. Paspor", choices=["a", "b"]),
]
CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean)
ROWS = st.lists(st.fixed_dictionaries({"name": CELL.filter(bool), "number": CELL}), min_size=1, max_size=6)
DANGEROUS = ["=1+1", "{=1+1}", "+62 812", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''+1", '="0012"']


@given(ROWS)
@example([{"name": text, "number": text} for text in DANGEROUS])
@example([{"name": "1", "number": "0012"}, {"name": "😀 \u202eمحمد", "number": 'a\nb;c,d\te"f'}])
def test_a_csv_is_read_back_as_it_was_written(rows: list[dict[str, str]]) -> None:
    sheet = read(csv(COLUMNS, rows), COLUMNS)
    assert [row.values for row in sheet.rows] == rows
    assert sheet.faults == []


@settings(max_examples=50, deadline=None)
@given(ROWS)
@example([{"name": text, "number": text} for text in DANGEROUS])
@example([{"name": "https://x.example/", "number": "12"}, {"name": "_x0041_", "number": "3319010101900009"}])
def test_an_xlsx_holds_the_text_as_it_was_written(rows: list[dict[str, str]]) -> None:
    (sheet,) = unpacked(xlsx(COLUMNS, rows), 100)
    assert [dict(zip(("name", "number"), map(clean, row), strict=True)) for row in sheet["cells"][1:]] == rows
    assert sheet["rounded"] == []


def test_an_xlsx_passes_through_the_whole_reading() -> None:
    rows = [{"name": text, "number": "E1"} for text in DANGEROUS]
    assert [row.values for row in read(xlsx(COLUMNS, rows), COLUMNS).rows] == rows


@given(st.sampled_from("=+-@\t\r"), st.text(max_size=20))
def test_no_csv_cell_begins_as_a_formula(sign: str, rest: str) -> None:
    data = csv(COLUMNS, [{"name": sign + rest, "number": rest}]).decode("utf-8-sig")
    for row in csv_format.reader(io.StringIO(data, newline=""), delimiter=";"):
        assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_xlsx_cell_is_a_formula_or_a_link(text: str) -> None:
    data = xlsx(COLUMNS, [{"name": text, "number": "https://x.example/"}], title="Data")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in page and "<hyperlink" not in page


def test_dates_and_numbers_keep_their_type() -> None:
    data = xlsx(COLUMNS, [{"name": datetime.date(1990, 5, 3), "number": 12}, {"name": None, "number": 1.5}])
    assert [row.values for row in read(data, COLUMNS).rows] == [
        {"name": "1990-05-03", "number": "12"},
        {"name": "", "number": "1.5"},
    ]


def test_text_no_format_can_hold_is_cut_or_replaced_and_never_fails() -> None:
    rows = [{"name": "a" * 40_000, "number": "\ud800"}]
    (sheet,) = unpacked(xlsx(COLUMNS, rows), 10)
    assert sheet["cells"][1] == ["a" * 32_766 + "…", "?"]
    assert csv(COLUMNS, rows).endswith(b";?\r\n")


def test_a_template_sent_back_unfilled_reports_nobody() -> None:
    data = template(COLUMNS, [{"name": "LI Wei", "number": "E0000000"}], ["Satu baris untuk satu orang."])
    sheet = read(data, COLUMNS)
    assert sheet.rows == [] and [fault.code for fault in sheet.faults] == ["empty"]
    titles = [page["cells"] for page in unpacked(data, 100)]
    assert titles[1] == [["Nama", "No. Paspor"], ["LI Wei", "E0000000"]]
    assert titles[2] == [["Satu baris untuk satu orang."], ["Nama: Seperti pada paspor"]]


def test_a_templates_cells_are_text_so_that_long_numbers_keep_every_digit() -> None:
    with zipfile.ZipFile(io.BytesIO(template(COLUMNS))) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert re.search(r'<col min="1" max="2"[^>]* style="[1-9]', page)
    assert 'numFmtId="49"' in styles  # "@": text
    assert "dataValidation" in page
