"""Dates of lists: every usual way of writing reads back, and another calendar is never converted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.exchange.lists.dates import (
    REMEDIES,
    DateFault,
    Order,
    order_of,
    perhaps_swapped,
    read_date,
)
from timpora.registry.partial_date import PartialDate

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(1930, 1, 1), TODAY)
INDONESIAN = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT = ["Jan", "Peb", "Mrt", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SERIAL_ZERO = date(1899, 12, 30)


def read(text: str, order: Order = "dmy") -> str:
    found = read_date(text, order, today=TODAY)
    return found.code if isinstance(found, DateFault) else str(found)


@given(DAYS, st.sampled_from("/-. "), st.booleans())
def test_figures_read_back_in_either_order(day: date, sign: str, padded: bool) -> None:
    parts = [f"{day.day:02d}", f"{day.month:02d}"] if padded else [str(day.day), str(day.month)]
    assert read(sign.join([*parts, str(day.year)])) == day.isoformat()
    assert read(sign.join([*reversed(parts), str(day.year)]), "mdy") == day.isoformat()


@given(DAYS)
def test_words_iso_serials_and_day_names_read_back(day: date) -> None:
    month = day.month - 1
    for text in (
        day.isoformat(),
        f"{day.isoformat()}T00:00:00",
        f"{day.day} {INDONESIAN[month]} {day.year}",
        f"{day.day:02d}-{SHORT[month]}-{day.year}",
        f"{ENGLISH[month]} {day.day}, {day.year}",
        f"Jumat, {day.day} {INDONESIAN[month].upper()} {day.year} M",
        f"{day.year}年{day.month}月{day.day}日",
        str((day - SERIAL_ZERO).days),
    ):
        assert read(text) == day.isoformat(), text


@given(st.dates(date(1930, 1, 1), TODAY))
def test_two_digits_of_a_year_are_the_last_such_year_that_has_been(day: date) -> None:
    recent = day.replace(year=day.year + 100, day=min(day.day, 28)) if day.year < 1927 else day
    text = f"{recent.day}-{recent.month}-{recent.year % 100:02d}"
    expected = recent.year
    assert read(text) == recent.replace(year=expected).isoformat()


def test_two_digits_of_a_permits_year_are_the_nearest() -> None:
    for text, year in (("31/12/49", 2049), ("31/12/27", 2027), ("31/12/98", 1998)):
        assert str(read_date(text, today=TODAY, future=True)) == f"{year}-12-31"


@given(DAYS)
def test_a_year_or_a_month_alone_stays_what_it_is(day: date) -> None:
    assert read(str(day.year)) == str(day.year)
    assert read(f"{day.month:02d}/{day.year}") == f"{day.year}-{day.month:02d}"
    assert read(f"{INDONESIAN[day.month - 1]} {day.year}") == f"{day.year}-{day.month:02d}"
    assert read(f"00/00/{day.year}") == str(day.year)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2024", "date_impossible"),
        ("32/01/1990", "date_impossible"),
        ("17/13/1990", "date_impossible"),
        ("17/08/2533", "date_buddhist"),
        ("2533", "date_buddhist"),
        ("17 August 90 BE 2533", "date_buddhist"),
        ("17/08/1410", "date_hijri"),
        ("1410 H", "date_hijri"),
        ("3 Ramadhan 1410", "date_other_calendar"),
        ("12 Rabiul Awal 1990", "date_other_calendar"),
        ("1 Suro 1950", "date_other_calendar"),
        ("17/08/2030", "date_future"),
        ("17/08/1890", "date_too_old"),
        ("besok", "date_unreadable"),
        ("", "date_unreadable"),
        ("\0", "date_unreadable"),
        ("9999999999", "date_unreadable"),
    ],
)
def test_what_is_no_date_of_ours_is_named(text: str, code: str) -> None:
    assert read(text) == code
    assert REMEDIES[code]


@given(st.integers(1340, 1480) | st.integers(2500, 2600), DAYS)
def test_a_year_of_another_calendar_is_never_converted(year: int, day: date) -> None:
    for text in (f"{day.day}/{day.month}/{year}", f"{day.day} {INDONESIAN[day.month - 1]} {year}", str(year)):
        assert read(text) in ("date_hijri", "date_buddhist")


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(read_date(text, today=TODAY), PartialDate | DateFault)


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_one_day_over_twelve_tells_the_order_of_the_whole_column(days: list[date]) -> None:
    american = [f"{day.month}/{day.day}/{day.year}" for day in days]
    ours = [f"{day.day}/{day.month}/{day.year}" for day in days]
    clear = any(day.day > 12 for day in days)
    assert order_of(ours)[0] == "dmy"
    if clear:
        assert order_of(american) == ("mdy", "") and order_of(ours) == ("dmy", "")


def test_an_open_order_is_day_first_and_said_so() -> None:
    assert order_of(["03/04/1990", "01/02/1988"]) == ("dmy", "date_order_assumed")
    assert order_of(["03/03/1990", "1988", ""]) == ("dmy", "")
    assert order_of(["17/04/1990", "04/17/1990"]) == ("dmy", "date_order_mixed")


def test_dates_a_spreadsheet_may_have_swapped_are_noticed() -> None:
    typed = [(date(1990, 1, 1) + timedelta(days=32 * i)).replace(day=1 + i).isoformat() for i in range(5)]
    assert perhaps_swapped([*typed, "17/08/1990"])
    assert not perhaps_swapped([*typed, "1990-08-17"])
    assert not perhaps_swapped([*typed, "07/08/1990"])
