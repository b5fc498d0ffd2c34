"""The permit table helps to choose and to read old papers; it never stands in the way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry import permits

TODAY = date(2026, 11, 24)
KINDS = {kind.code: kind for kind in permits.kinds()}
ALL = [index for letter in "ABCDEF" for index in permits.search(letter, limit=100) if index.code[0] == letter]


@pytest.mark.parametrize(
    ("code", "found", "kind"),
    [
        ("E23", "E23", "ITAS"), ("e 23", "E23", "ITAS"), ("E-31A", "E31A", "ITAS"), ("C10A", "C10A", "ITK"),
        ("E28C", "E28", "ITAS"), ("B211A", "B211", "ITK"), ("C312", "C312", "ITAS"), ("b1", "B1", "ITK"),
    ],
)  # fmt: skip
def test_an_index_is_found_however_it_is_written(code: str, found: str, kind: str) -> None:
    index = permits.find(code)
    assert index is not None and (index.code, index.kind) == (found, kind)
    assert index.source


@pytest.mark.parametrize("code", ["", "Z99", "E", "E99", "E33H", "rohaniwan", "😀"])
def test_an_index_the_table_does_not_know_is_none_and_no_guess(code: str) -> None:
    assert permits.find(code) is None


def test_an_index_is_found_only_while_it_was_in_use() -> None:
    assert permits.find("E23", date(2015, 1, 1)) is None
    assert permits.find("E23", TODAY) is not None
    assert permits.find("C312", date(2015, 1, 1)) is not None


def test_search_goes_by_code_and_by_purpose_in_both_languages() -> None:
    assert permits.search("e23")[0].code == "E23"
    assert permits.search("E3", limit=100)[0].code == "E30"
    assert {"E23", "C312"} <= {index.code for index in permits.search("bekerja")}
    assert "E31A" in [index.code for index in permits.search("pasangan WNI")]
    assert "E33G" in [index.code for index in permits.search("remote")]
    assert permits.search("investor", TODAY)[0].code == "E28"
    assert {"C313", "C314"} <= {index.code for index in permits.search("investor", TODAY)}
    assert permits.search("") == permits.search("zzz") == []


def test_diplomats_and_officials_are_outside_and_nobody_else() -> None:
    assert {code for code, kind in KINDS.items() if kind.outside} == {"DIPLOMATIC", "SERVICE"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KITAS", "ITAS"), ("e-ITAS", "ITAS"), ("Izin Tinggal Tetap", "ITAP"), ("visa on arrival", "ITK"),
        ("diplomat", "DIPLOMATIC"), ("pengungsi", "REFUGEE"), ("lain-lain", "OTHER"),
    ],
)  # fmt: skip
def test_the_words_of_lists_find_their_kind(text: str, code: str) -> None:
    found = permits.kind(text)
    assert found is not None and found.code == code
    assert permits.kind("paspor hijau") is None


@given(st.sampled_from(ALL))
def test_every_row_is_whole_and_finds_itself(index: permits.PermitIndex) -> None:
    assert index.kind in KINDS
    assert index.name("id") and index.name("en")
    assert permits.find(index.code.lower()) == index
    assert index in permits.search(index.code, limit=100)
    assert index.in_use(TODAY)


@given(st.text(max_size=40))
def test_any_text_is_answered_without_error(text: str) -> None:
    permits.find(text)
    permits.kind(text)
    assert len(permits.search(text, TODAY, 3)) <= 3
