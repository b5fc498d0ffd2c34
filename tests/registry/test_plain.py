"""Text without signs that nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.plain import is_seen, plain


@given(st.text())
def test_doing_it_twice_changes_nothing_and_what_remains_is_seen(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert "\x00" in once or is_seen(once)


@given(st.text(st.characters(categories=["L", "N", "P", "So"]), min_size=1))
def test_letters_digits_and_emoji_of_every_script_stay(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", ["", "\u200b\u200d", "\u202e", "\x01\x02", "\ufeff \u2069", "\u200c"])
def test_what_nobody_sees_is_nothing(text: str) -> None:
    assert plain(text) == ""
    assert is_seen(text) == (text == "")


def test_no_sign_that_turns_a_line_remains() -> None:
    turning = [chr(code) for code in range(0x3000) if unicodedata.bidirectional(chr(code)) in
               {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}]  # fmt: skip
    assert len(turning) == 9
    assert plain("a" + "".join(turning) + "b") == "ab"


def test_joiners_within_a_word_stay() -> None:
    assert plain("می\u200cخواهم") == "می\u200cخواهم"
