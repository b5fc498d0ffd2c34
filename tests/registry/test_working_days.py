"""Deadlines are counted in the days on which an office works."""

from datetime import date, timedelta

import lokal
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.working_days import UNDECREED, add, between, is_working, note

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),  # Tuesday to Friday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 3, 17), 3, date(2026, 3, 27)),  # over Nyepi, Idulfitri and its collective leave
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 11, 30), -1, date(2026, 11, 27)),
        (date(2019, 12, 31), 1, date(2020, 1, 1)),  # no decree known: Monday to Friday
    ],
)
def test_a_deadline_passes_over_weekends_and_decreed_holidays(day: date, n: int, expected: date) -> None:
    assert add(day, n) == expected


@given(DAYS, st.integers(0, 60))
def test_counting_between_two_days_undoes_adding(day: date, n: int) -> None:
    assert between(day, add(day, n)) == n
    assert n == 0 or is_working(add(day, n))


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-400, 400), st.integers(-400, 400))
def test_spans_add_up(day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(first), day + timedelta(first + second)
    assert between(day, middle) + between(middle, end) == between(day, end)
    assert between(day, end) == -between(end, day)


@given(st.dates(date(2026, 2, 1), date(2027, 10, 1)), st.integers(-15, 30))
def test_the_source_of_the_holidays_says_the_same(day: date, n: int) -> None:
    assert add(day, n) == lokal.add_working_days(day, n)


def test_a_year_without_decree_says_so() -> None:
    assert note(date(2026, 12, 30), date(2027, 1, 4)) is None
    assert note(date(2025, 12, 30), date(2026, 1, 4)) == UNDECREED
    assert note(date(2035, 1, 4), date(2035, 1, 2)) == UNDECREED
