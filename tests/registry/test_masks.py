"""A masked value helps to recognise a paper in the hand, and gives nothing to who has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry import masks
from timpora.registry.partial_date import PartialDate


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("E1234534", "E1••••34"),
        ("E 1234534567X", "E1••••7X"),
        ("3319010101900001", "33••••01"),
        ("AB12345", "A••••5"),
        ("12345", "••••"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_number_shows_its_ends_only(value: str, masked: str) -> None:
    assert masks.number(value) == masked


@given(st.text("ABC0123456789", min_size=1, max_size=40))
def test_at_least_half_of_a_number_stays_hidden_and_so_does_its_length(value: str) -> None:
    masked = masks.number(value)
    assert 2 * len(masked.replace("•", "")) <= len(value)
    assert masked.count("•") == 4


def test_a_birth_date_shows_its_year_only() -> None:
    assert masks.birth_date(PartialDate(1990, 5, 3)) == masks.birth_date(PartialDate(1990)) == "••/••/1990"
    assert masks.birth_date(None) == ""


def test_a_phone_and_an_address_stay_recognisable_to_their_owner() -> None:
    assert masks.phone("+62 812-3456-789") == "••••789"
    assert masks.phone("1234") == "••••"
    assert masks.email("budi@kudus.example") == "b••••@kudus.example"
    assert masks.email("nobody") == "••••"
    assert masks.phone("") == masks.email(" ") == ""
