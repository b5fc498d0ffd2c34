"""A list read block by block says what the same list says when it is held whole."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.exchange.given import BROKEN, CHEN, HEADINGS, LIN, RAO, table
from timpora.exchange.lists import inspect, read
from timpora.exchange.lists.faults import LONG, Fault
from timpora.exchange.lists.reading import Long, read_long
from timpora.sheets import blocks as module
from timpora.sheets.grids import Grid, Unreadable, grids

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
    mapping = inspect(module.head(file, LONG), "workers", today=TODAY).mapping
    whole = read(data, "workers", mapping, today=TODAY)
    opened = read_long(file, "workers", mapping, None, today=TODAY)
    assert isinstance(opened, Long) and whole.lines
    assert max(opened.look()) >= whole.lines[-1].number
    assert list(opened.lines()) == whole.lines
    assert opened.notes() == whole.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_head_of_a_long_list_ends_with_a_whole_line(encoding: str, tmp_path: Path) -> None:
    marks = {"utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    # A letter whose code ends in the byte of a line's end, in every place it may stand.
    lines = "".join(f"LIN ਊ{'W' * (at % 3)} {at};E{at:07};Taiwan\r\n" for at in range(16_000))
    file = tmp_path / "list"
    file.write_bytes(marks[encoding] + ("Nama;No. Paspor;Kewarganegaraan\r\n" + lines).encode(encoding))
    start = module.head(file, LONG)
    assert len(start) < file.stat().st_size
    assert start.removeprefix(marks[encoding]).decode(encoding).splitlines()[-1].endswith(";Taiwan")


def test_a_long_list_that_holds_no_text_or_too_much_is_refused(tmp_path: Path) -> None:
    mapping = {"Nama": "names", "No. Paspor": "document_number"}
    file = tmp_path / "list"
    body = "Nama;No. Paspor\r\nJOSÉ;E1\r\n".encode("cp1252") + b"LIN;E2\r\n" * 40_000
    for data, limits, code in (
        (body + b"LI\0N;E3\r\n", LONG, "not_a_sheet"),
        (body, replace(LONG, rows=30_000), "too_many_rows"),
        (body, replace(LONG, size=1_000), "too_large"),
    ):
        file.write_bytes(data)
        with pytest.raises(Unreadable) as refused:
            (grid,) = grids(module.head(file, limits), limits, 100)
            list(module.blocks(file, grid, 1, limits))
        assert refused.value.code == code
    assert isinstance(read_long(file, "workers", mapping, None, today=TODAY), Long)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("kill -XCPU $$", "too_large"), ("kill -KILL $$", "too_large"), ("exit 1", "not_a_sheet"),
        ("printf '{\"first\": 1, \"cel'; kill -KILL $$", "too_large"), ("exit 0", "not_a_sheet"),
    ],
)  # fmt: skip
def test_a_workbook_whose_reader_dies_half_way_is_refused_not_cut_short(
    end: str, code: str, tmp_path: Path, monkeypatch: Any
) -> None:
    reader = tmp_path / "reader"
    block = '{"first": 0, "cells": [["LIN"]], "rounded": []}'
    reader.write_text(f"#!/bin/sh\ncat >/dev/null\necho '{block}'\n{end}\n")
    reader.chmod(0o700)
    monkeypatch.setattr(module.sys, "executable", str(reader))
    file = tmp_path / "list.xlsx"
    file.write_bytes(table(ROWS))
    read = module.blocks(file, Grid([], name="Sheet1"), 1, LONG)
    assert next(read).cells == [["LIN"]]
    with pytest.raises(Unreadable) as refused:
        next(read)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 400, b"PK\x03\x04broken", b"satu;dua\n1;2\n", table(ROWS)[:-200]]
)
def test_what_cannot_be_read_whole_cannot_be_read_in_blocks(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_bytes(data)
    found = read_long(file, "workers", {}, None, today=TODAY)
    assert isinstance(found, Fault) and found.blocks
