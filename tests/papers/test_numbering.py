"""Numbers from a pattern: only patterns that keep numbers apart are taken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.papers import check_codes, numbering

DAYS = st.dates(date(2000, 1, 1), date(2999, 12, 31))


def test_the_usual_number_names_series_office_month_and_year() -> None:
    number = numbering.written(
        numbering.DEFAULT, n=7, series="TT", office="kanim-semarang", on=date(2026, 11, 25)
    )
    assert number == "7/TT/TIMPORA/KANIM-SEMARANG/XI/2026"


@pytest.mark.parametrize(
    "pattern",
    [
        "W.13.IMI.{n:04}-{year}",
        "{year}/{month:02}/{n}",
        "{{TP}} {n}/{year}",
        numbering.DEFAULT,
    ],
)
def test_an_office_may_write_its_numbers_its_own_way(pattern: str) -> None:
    assert numbering.is_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{n}",
        "{year}",
        "{n}/{n}/{year}",
        "{n}/{year}/{name}",
        "{n.__class__}/{year}",
        "{n!r}/{year}",
        "{n:>900}/{year}",
        "{n:.2f}/{year}",
        "{series:04}/{n}/{year}",
        "{0}/{n}/{year}",
        "{}/{n}/{year}",
        "{n:{year}}/{year}",
        "{n}/{year",
        "{n}/{year}\n",
        "{n}/{year}" + "x" * 100,
    ],
)
def test_a_pattern_that_would_mix_numbers_up_or_reach_further_is_refused(pattern: str) -> None:
    assert not numbering.is_pattern(pattern)


@given(st.text(max_size=60), DAYS)
def test_whatever_is_taken_as_a_pattern_writes_a_number_that_fits_its_column(pattern: str, on: date) -> None:
    for tried in (pattern, pattern + "{n}/{year}"):
        if numbering.is_pattern(tried):
            assert len(numbering.written(tried, n=123456, series="S" * 20, office="o" * 40, on=on)) <= 200


@given(st.integers(1, 10**6), st.integers(1, 10**6), DAYS, DAYS)
def test_two_papers_of_a_series_never_bear_one_number(
    one: int, other: int, first: date, second: date
) -> None:
    def written(n: int, on: date) -> str:
        return numbering.written(numbering.DEFAULT, n=n, series="TT", office="kanim", on=on)

    if (one, first.year) != (other, second.year):
        assert written(one, first) != written(other, second)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = "OIBA2345OIBA2345OIBA"
    assert check_codes.normal(" 018a-2345 oiba–2345.OIBA ") == code
    assert check_codes.grouped(code) == "OIBA-2345-OIBA-2345-OIBA"


@pytest.mark.parametrize("typed", ["", "ABCD", "A" * 21, "9" * 20, "É" * 20, "А" * 20])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert check_codes.normal(typed) == ""


def test_codes_are_random_and_their_own_writing() -> None:
    codes = {check_codes.new() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(check_codes.normal(check_codes.grouped(code)) == code for code in codes)
    assert check_codes.LENGTH * 5 >= 96  # bits: five a letter
