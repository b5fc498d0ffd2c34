"""What stands on the PDF: every value as it was given, as text, on every machine the same."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.papers import receipt
from timpora.papers import letters, printing
from timpora.papers.kinds import KINDS

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
FRAME = {
    "letterhead": ["KEMENTERIAN", "KANTOR IMIGRASI SEMARANG"],
    "address": "Jalan Anggrek 5",
    "office": "Kantor Imigrasi Semarang",
    "city": "Semarang",
    "title": "Tanda terima daftar",
    "number": "7/TT/TIMPORA/KANIM-SEMARANG/XI/2026",
    "day": "2026-11-25",
    "code": "ABCD-EFGH-IJKL-MNOP-QRST",
    "check": receipt.DOOR + "ABCD-EFGH-IJKL-MNOP-QRST/",
}
EXAMPLES = {"receipt": receipt.data(), "guests": receipt.guests()}
SIGNED = {
    "signed": "TIMPORA1|7/TM|L000012|2|2026-11-25|key|signature",
    "checked_at": "https://timpora.example/",
}
MARKUP = (
    *"#$[]{}*_`\\=-~'\"a1 ",
    *("<x>", "@preview/x:1.0.0", "//", "/*", "#panic()", "#import", "#sys", "$x^2$", "\\u{41}"),
)


def printed(data: dict[str, Any], kind: str = "receipt") -> bytes:
    frame = FRAME | (SIGNED if KINDS[kind].signs else {})
    return printing.pdf(KINDS[kind].template, frame, data, address=str(FRAME["check"]), at=NOON)


def squeezed(text: str) -> str:
    """Without blanks, and without the places where a long word may break."""
    return "".join(text.split()).replace("\u200b", "")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_paper_of_each_kind_bears_letterhead_number_day_and_check_address(kind: str) -> None:
    KINDS[kind].refuse_unfit(EXAMPLES[kind])
    said = receipt.words(printed(EXAMPLES[kind], kind))
    for part in ("KEMENTERIAN", FRAME["number"], "Semarang, 25 November 2026", FRAME["check"], FRAME["code"]):
        assert squeezed(str(part)) in squeezed(said)
    assert "Halaman 1 dari 1" in said


def test_a_receipt_says_what_each_row_became_and_names_the_faulty_ones() -> None:
    said = receipt.words(printed(receipt.data()))
    assert "1.686 baris diterima dari Disnaker Kabupaten Kudus" in said
    for line in ("Baru 1.684", "Perlu dilengkapi 2", "Jumlah 1.686", "Keadaan per 1 November 2026"):
        assert line in said
    assert "7 Tanggal 31/02/1990 tidak ada. 9 Nama kosong." in said
    assert "tka november.xlsx" in said
    assert "ab" * 32 in said


def test_rows_over_many_pages_keep_their_head_and_lose_none() -> None:
    faults = [[row, f"Kolom {row} kosong."] for row in range(1, 301)]
    pdf = printed(receipt.data(faults=faults))
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 3
    assert "Yang perlu dilengkapi" in pages[2].extract_text()
    said = receipt.words(pdf)
    assert all(sentence in said for _row, sentence in faults)


def test_the_pdf_is_for_keeping_and_for_screen_readers() -> None:
    reader = PdfReader(io.BytesIO(printed(receipt.data())))
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "id-ID"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert printed(receipt.data()) == printed(receipt.data())


def test_only_fonts_inside_the_package_are_used() -> None:
    assert all(font.path is None for font in printing.fonts().fonts())


@settings(max_examples=40)
@given(st.lists(st.sampled_from(MARKUP), min_size=1, max_size=12).map("".join))
def test_what_looks_like_markup_stays_text(text: str) -> None:
    said = receipt.words(printed(receipt.data(file=text, faults=[[1, text]], became=[[text, 1686]])))
    assert squeezed(said).count(squeezed(text)) >= (3 if text.strip() else 0)


@settings(max_examples=40)
@given(st.text(max_size=25))
def test_any_text_prints(text: str) -> None:
    assert printed(receipt.data(faults=[[1, text]], agency=text)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("Nguyễn Thị Hằng", "Nguyễn Thị Hằng"),
        ("Иванова Мария", "Иванова Мария"),
        ("王小明", "‹WangXiaoMing›"),
        ("김민수", "‹GimMinSu›"),
        ("สมชาย", "‹smchay›"),
        ("Lin (林) A", "Lin (‹Lin›) A"),
    ],
)
def test_a_name_in_any_script_stays_on_the_paper(name: str, stands: str) -> None:
    said = receipt.words(printed(receipt.data(faults=[[1, name]])))
    assert stands in said
    assert ("ejaan Latin" in said) == ("‹" in stands)


def test_an_arabic_name_is_drawn_in_its_own_letters() -> None:
    # Text is read back in the order it is drawn: the letters are looked for, not their order.
    assert set("محمد") <= set(receipt.words(printed(receipt.data(faults=[[1, "محمد"]]))))


def test_what_cannot_be_seen_is_written_out() -> None:
    assert letters.seen({"a": ["x\x00y", "a\u202eb"], "n": 3}) == {"a": ["x‹U+0000›y", "a‹U+202E›b"], "n": 3}
    assert letters.seen("\ud800") == "‹U+D800›"


@given(st.text())
def test_making_text_seen_twice_changes_nothing_more(text: str) -> None:
    assert letters.seen(letters.seen(text)) == letters.seen(text)


@pytest.mark.parametrize("other", [{"rows": 3}, {"more": 1}])
def test_a_receipt_that_does_not_add_up_or_says_too_much_is_not_written(other: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"accounted|differing"):
        KINDS["receipt"].refuse_unfit(receipt.data(**other))
