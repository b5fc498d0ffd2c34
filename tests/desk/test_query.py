"""Reading what was typed in the search field."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from timpora.desk.query import LONGEST, parse


def test_words_are_a_name_in_any_order() -> None:
    assert parse("  da Costa   maria ").words == ("da", "Costa", "maria")


def test_filters_narrow_and_are_no_part_of_the_name() -> None:
    query = parse('desa:"bakalan krapyak" izin:ITAS berakhir:<30h sumber:disnaker Lin')
    assert (query.village, query.permit, query.ends_within, query.source) == (
        "bakalan krapyak",
        "ITAS",
        30,
        "disnaker",
    )
    assert query.words == ("Lin",)


def test_filters_have_english_names_too() -> None:
    assert parse("village:getas permit:ITAP ends:<7d source:row").filters == (
        "village",
        "permit",
        "source",
        "ends",
    )


def test_an_end_in_the_past_is_asked_for_in_a_word() -> None:
    assert parse("berakhir:lewat").ends_within == 0


def test_four_digits_are_a_birth_year_once() -> None:
    query = parse("lin 1990 1991")
    assert (query.born, query.words) == (1990, ("lin", "1991"))
    assert parse("lahir:1988 lin").born == 1988


def test_a_filter_whose_value_says_nothing_is_named_and_left_out() -> None:
    query = parse("berakhir:besok lahir:tua status:tetap")
    assert query.unread == ("berakhir:besok", "lahir:tua", "status:tetap")
    assert query.is_empty


def test_who_has_left_is_asked_for_in_a_word() -> None:
    assert parse("status:Pindah").departed and parse("status:departed lin").departed
    assert not parse("lin").departed
    assert parse("status:pindah").filters == ("status",)


def test_only_filters_may_stand_readable_in_an_address() -> None:
    assert not parse("desa:getas berakhir:<30h").is_personal
    assert parse("lin desa:getas").is_personal
    assert parse("lahir:1990").is_personal


@given(st.text(max_size=400))
@example("a" * 199 + " b")
def test_nothing_that_is_typed_is_a_fault(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= LONGEST
    assert parse(query.text) == query
