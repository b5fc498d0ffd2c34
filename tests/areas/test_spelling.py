"""Spellings of one name have one key."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.areas import spelling


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("bakalan krapyak", "Bakalankrapyak"),
        ("Kalywungu", "Kaliwungu"),
        ("KALIWOENGOE", "Kaliwungu"),
        ("Djati", "Jati"),
        ("golo rua", "Golo Ru'a"),
        ("golo ru’a", "Golo Ru'a"),
        ("Kedhungdowo", "Kedungdowo"),
        ("Jekullo", "Jekulo"),
    ],
)
def test_other_spellings_of_a_name_have_its_key(typed: str, official: str) -> None:
    assert spelling.key(typed) == spelling.key(official)


def test_different_villages_keep_different_keys() -> None:
    names = ["Prambatan Kidul", "Prambatan Lor", "Garung Kidul", "Garung Lor", "Unit 1", "Unit 11"]
    assert len({spelling.key(name) for name in names}) == len(names)


@given(st.text())
def test_a_key_holds_letters_and_digits_only(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]*", spelling.key(text))


@given(st.text(max_size=400))
def test_words_of_any_text_are_few_and_never_empty(text: str) -> None:
    words = spelling.words(text)
    assert len(words) <= 8
    assert all(spelling.key(word) for word in words)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("33.19.01", "33.19.01"),
        ("331901", "33.19.01"),
        ("3319012001", "33.19.01.2001"),
        ("33 19 01", "33.19.01"),
        ("331", "33.1"),
        ("kudus", ""),
        ("3", ""),
        ("99999999999999999999999", ""),
    ],
)
def test_digits_with_or_without_dots_are_a_code(typed: str, code: str) -> None:
    assert spelling.as_code(typed) == code
