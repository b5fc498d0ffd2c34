"""Heading rows as offices make them, and cells that hold less than they show."""

import io
import zipfile
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter

from tests.sheets.packed import text_cell, xlsx_of, zipped
from timpora.sheets import Column, Limits, read, xlsx
from timpora.sheets.grids import Grid, Unreadable, grids
from timpora.sheets.headings import Heading, Top, best, filled_down

KNOWN = {"Nama", "Paspor Nomor", "Paspor Berlaku", "No. Paspor", "Alamat"}


def workbook(write: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        write(book)
    return buffer.getvalue()


def grids_of(data: bytes, only: str | None = None) -> list[Grid]:
    return grids(data, Limits(), 100, only=only)


def top_of(grid: Grid) -> Top:
    def worth(headings: Sequence[Heading]) -> float:
        return len({heading.label for heading in headings} & KNOWN)

    found = best(grid, worth)
    assert found
    return found[1]


def labels(grid: Grid) -> list[str]:
    return [heading.label for heading in top_of(grid).headings]


def merged_book(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Data")
    sheet.merge_range(0, 0, 0, 3, "DAFTAR ORANG ASING")
    sheet.merge_range(2, 0, 3, 0, "Nama")
    sheet.merge_range(2, 1, 2, 2, "Paspor")
    sheet.merge_range(2, 3, 3, 3, "Alamat")
    sheet.write_row(3, 1, ["Nomor", "Berlaku"])
    sheet.write_row(4, 0, ["LI WEI", "E1", "2030"])
    sheet.write_row(5, 0, ["WU AN", "E2", "2031"])
    sheet.merge_range(4, 3, 5, 3, "Jl. Melati 3")
    sheet.merge_range(6, 0, 6, 3, "PT Contoh")


def test_two_heading_rows_with_merged_cells_are_joined() -> None:
    (grid,) = grids_of(workbook(merged_book))
    top = top_of(grid)
    assert (top.first, top.height) == (2, 2)
    assert labels(grid) == ["Nama", "Paspor Nomor", "Paspor Berlaku", "Alamat"]


def test_a_cell_merged_over_rows_speaks_for_each_and_one_over_columns_for_itself() -> None:
    (grid,) = grids_of(workbook(merged_book))
    rows = filled_down(grid, top_of(grid).below)
    assert [row[3] for row in rows[4:6]] == ["Jl. Melati 3", "Jl. Melati 3"]
    assert rows[6] == ["PT Contoh", "", "", ""]


def test_two_heading_rows_of_a_csv_are_joined_without_merged_cells() -> None:
    (grid, *_) = grids_of(b"Nama;Paspor;;Alamat\n;Nomor;Berlaku;\nLI WEI;E1;2030;Jl. A\n")
    assert labels(grid) == ["Nama", "Paspor Nomor", "Paspor Berlaku", "Alamat"]


def test_one_heading_row_stays_one_where_people_follow() -> None:
    (grid, *_) = grids_of(b"Nama;No. Paspor\nLI WEI;E1\n")
    assert (top_of(grid).height, labels(grid)) == (1, ["Nama", "No. Paspor"])


def test_doubled_and_missing_headings_are_kept_apart() -> None:
    (grid, *_) = grids_of(b"Nama;Nama;;Nama (2);;No. Paspor\nLI WEI;Li;x;y;;E1\n")
    assert labels(grid) == ["Nama", "Nama (2)", "Kolom C", "Nama (2) (2)", "No. Paspor"]


def test_a_merged_range_as_large_as_the_sheet_costs_nothing() -> None:
    grid = Grid([["Nama", "Alamat"], ["LI WEI", "Jl. A"]], rows=2, merged=((0, 0, 1_048_575, 16_383),))
    assert filled_down(grid, 1) == grid.cells
    assert top_of(grid)


def test_every_visible_sheet_is_named_with_its_size_and_one_can_be_asked_for() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        for name, count in (("Januari & Februari", 3), ("Maret", 5)):
            sheet = book.add_worksheet(name)
            for at in range(count):
                sheet.write(at, 0, f"baris {at}")

    data = workbook(write)
    assert [(g.name, g.rows, g.columns) for g in grids_of(data)] == [
        ("Januari & Februari", 3, 1),
        ("Maret", 5, 1),
    ]
    assert [g.name for g in grids_of(data, "Maret")] == ["Maret"]
    assert grids_of(data, "April") == []
    (first, second) = grids(data, Limits(), 100, each=2)
    assert (len(first.cells), first.rows, len(second.cells), second.rows) == (2, 3, 2, 5)


FORMULAS = {
    '<c r="B2"><f>1+1</f></c>': True,
    '<c r="B2"><f>1+1</f><v></v></c>': True,
    '<c r="B2"><f>1+1</f><v/></c>': True,
    '<c r="B2" s="3"><f t="shared" si="0"/></c>': True,
    '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>': True,
    '<c r="B2"><f>1+1</f><v>2</v></c>': False,
    '<c r="B2" t="str"><f>IF(A1="","",A1)</f><v></v></c>': False,
    '<c r="B2"/>': False,
}


@pytest.mark.parametrize(("cell", "unresolved"), FORMULAS.items())
def test_a_formula_without_a_result_is_told_from_an_empty_cell(cell: str, unresolved: bool) -> None:
    rows = f'<row r="1">{text_cell("A1", "Nama")}</row><row r="2">{text_cell("A2", "LI WEI")}{cell}</row>'
    (grid,) = grids_of(xlsx_of(rows))
    assert grid.unresolved == ({(1, 1)} if unresolved else frozenset())


def test_a_workbook_that_declares_entities_is_not_opened() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx([Column("a", "Nama")], [{"a": "x"}]))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    declared = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        body = parts[part].split("?>", 1)[1].replace("Nama", "Nama&x;")
        with pytest.raises(Unreadable) as refused:
            grids_of(zipped({**parts, part: declared + body}))
        assert refused.value.code == "not_a_sheet"


def test_hundreds_of_columns_are_refused() -> None:
    data = ";".join(["Nama", *(f"k{i}" for i in range(300))]) + "\nLI WEI" + ";x" * 300
    (fault,) = read(data.encode(), [Column("name", "Nama")]).faults
    assert fault.code == "too_many_columns"
