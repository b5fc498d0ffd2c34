"""A list read block by block says what the same list says when it is held whole."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.exchange.given import BROKEN, CHEN, HEADINGS, LIN, RAO, table
from timpora.exchange.lists import inspect, read
from timpora.exchange.lists.faults import Fault
from timpora.exchange.lists.reading import Long, read_long
from timpora.sheets import blocks as module

TODAY = date(2026, 11, 25)
ROWS = [LIN, CHEN, BROKEN, CHEN, ("",) * 9, RAO, ("Jumlah", *[""] * 8), LIN[:4] + CHEN[4:]]
TEXT = "\r\n".join(";".join(row) for row in (("DAFTAR TKA",), HEADINGS, *ROWS)) + "\r\n"


def merged() -> bytes:
    """An employer's cell made one over four rows, begun in one block and ended in another."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("TKA")
        sheet.write_row(1, 1, ["Nama", "No. Paspor", "Nama Perusahaan"])
        for at in range(2, 8):
            sheet.write_row(at, 1, [f"LI WEI {at}", f"E{at}"])
        sheet.merge_range(2, 3, 5, 3, "PT Muria Jaya")
        sheet.write(6, 3, "PT Sumber")
        sheet.write(7, 2, 12345678901234567)
    return buffer.getvalue()


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
@pytest.mark.parametrize(
    "data",
    [
        table(ROWS), merged(), TEXT.encode(), TEXT.encode("utf-16"), ("sep=;\r\n" + TEXT).encode("utf-8-sig"),
        TEXT.replace("LIN", "JOSÉ").encode("cp1252"), TEXT.replace(";", "\t").encode(),
    ],
)  # fmt: skip
def test_in_blocks_a_list_says_the_same_as_whole(
    data: bytes, size: int, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(module, "BLOCK", size)
    file = tmp_path / "list"
    file.write_bytes(data)
    mapping = inspect(module.head(file), "workers", today=TODAY).mapping
    whole = read(data, "workers", mapping, today=TODAY)
    opened = read_long(file, "workers", mapping, None, today=TODAY)
    assert isinstance(opened, Long) and whole.lines
    assert max(opened.look()) >= whole.lines[-1].number
    assert list(opened.lines()) == whole.lines
    assert opened.notes() == whole.notes


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 400, b"PK\x03\x04broken", b"satu;dua\n1;2\n", table(ROWS)[:-200]]
)
def test_what_cannot_be_read_whole_cannot_be_read_in_blocks(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(data)
    found = read_long(file, "workers", {}, None, today=TODAY)
    assert isinstance(found, Fault) and found.blocks
