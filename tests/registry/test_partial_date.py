"""Birth dates as documents print them: whole, or only a month or a year."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.partial_date import Future, Impossible, PartialDate, TooOld, Unparsable

TODAY = date(2026, 11, 24)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    whole = PartialDate.of(draw(st.dates(date(1900, 1, 1), date(2026, 1, 1))))
    month = PartialDate(whole.year, whole.month)
    return draw(st.sampled_from([PartialDate(whole.year), month, whole]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990-05-03", "1990-05-03"),
        ("1990-05", "1990-05"),
        (" 1990 ", "1990"),
        ("03/05/1990", "1990-05-03"),
        ("3.5.1990", "1990-05-03"),
        ("3 Mei 1990", "1990-05-03"),
        ("3 MEI 1990", "1990-05-03"),
        ("03MAY1990", "1990-05-03"),
        ("May 3rd, 1990", "1990-05-03"),
        ("17 Agustus 1945", "1945-08-17"),
        ("05/1990", "1990-05"),
        ("Mei 1990", "1990-05"),
        ("1990 Mei", "1990-05"),
        ("00001990", "1990"),
        ("00051990", "1990-05"),
        ("03051990", "1990-05-03"),
        ("19900503", "1990-05-03"),
        ("19900000", "1990"),
        ("20101990", "1990-10-20"),
        ("00/00/1990", "1990"),
        ("XX/05/1990", "1990-05"),
        ("1990-??-??", "1990"),
        ("1990-05-03T00:00:00", "1990-05-03"),
        ("1990-05-03 00:00:00", "1990-05-03"),
        ("٠٣/٠٥/١٩٩٠", "1990-05-03"),
        ("３/５/１９９０", "1990-05-03"),
        ("3\u20135\u20131990", "1990-05-03"),
    ],
)
def test_the_ways_a_date_is_written_are_read(text: str, expected: str) -> None:
    assert str(PartialDate.parse(text, today=TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ("", Unparsable, "unparsable"),
        ("kemarin", Unparsable, "unparsable"),
        ("03/05/90", Unparsable, "unparsable"),
        ("3/1990/5", Unparsable, "unparsable"),
        ("03/00/1990", Unparsable, "unparsable"),
        ("1990-05-03-04", Unparsable, "unparsable"),
        ("3 Mei Juni 1990", Unparsable, "unparsable"),
        ("😀 1990", Unparsable, "unparsable"),
        ("9" * 10_000, Unparsable, "unparsable"),
        ("-1990", None, ""),
        ("31/02/1990", Impossible, "impossible"),
        ("29/02/1991", Impossible, "impossible"),
        ("05/13/1990", Impossible, "impossible"),
        ("2027", Future, "future"),
        ("25/11/2026", Future, "future"),
        ("1850", TooOld, "too_old"),
        ("03/05/1899", TooOld, "too_old"),
    ],
)
def test_what_cannot_be_a_birth_date_is_refused_with_its_reason(
    text: str, error: type[ValueError] | None, code: str
) -> None:
    if error is None:
        assert PartialDate.parse(text, today=TODAY) == PartialDate(1990)
        return
    with pytest.raises(error) as caught:
        PartialDate.parse(text, today=TODAY)
    assert caught.value.code == code  # type: ignore[attr-defined]
    assert str(caught.value)


def test_the_current_year_alone_is_not_the_future() -> None:
    assert PartialDate.parse("2026", today=TODAY).latest == date(2026, 12, 31)


def test_a_permit_may_end_in_the_future() -> None:
    assert PartialDate.parse("2030-01-31", today=TODAY, allow_future=True).day == 31


def test_a_day_without_a_month_cannot_be_made() -> None:
    with pytest.raises(Impossible):
        PartialDate(1990, None, 3)


@given(partial_dates())
def test_what_is_written_is_read_back(value: PartialDate) -> None:
    assert PartialDate.parse(str(value), today=TODAY) == value
    for locale in ("id", "en"):
        assert PartialDate.parse(value.display(locale), today=TODAY) == value


@given(partial_dates(), partial_dates())
def test_agreement_is_symmetric_and_is_about_the_parts_both_know(a: PartialDate, b: PartialDate) -> None:
    both_known = [(x, y) for x, y in ((a.month, b.month), (a.day, b.day)) if x is not None and y is not None]
    assert a.agrees(b) == b.agrees(a) == (a.year == b.year and all(x == y for x, y in both_known))
    assert a.agrees(a)


@given(st.lists(partial_dates()))
def test_ordering_follows_the_first_possible_day(values: list[PartialDate]) -> None:
    ordered = sorted(values)
    assert [v.earliest for v in ordered] == sorted(v.earliest for v in values)
    assert all(not b < a for a, b in pairwise(ordered))


@given(st.text(max_size=40))
def test_any_text_is_either_a_date_or_one_of_the_four_refusals(text: str) -> None:
    try:
        found = PartialDate.parse(text, today=TODAY)
    except (Unparsable, Impossible, Future, TooOld):
        return
    assert found.earliest <= TODAY


def test_display_speaks_the_readers_language() -> None:
    assert PartialDate(1990, 5, 3).display("id") == "3 Mei 1990"
    assert PartialDate(1990, 5).display("id") == "Mei 1990"
    assert PartialDate(1990).display("id") == "1990"
    assert PartialDate(1990, 5, 3).display("en") == "3 May 1990"
