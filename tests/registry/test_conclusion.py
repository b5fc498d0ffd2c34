"""What the registry concludes does not depend on the order in which it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.conclusion import conclude


@dataclass(frozen=True)
class Told:
    pk: int
    source: str
    as_of: date
    said_at: datetime
    values: dict[str, Any]


SAID_AT = datetime(2026, 6, 1, tzinfo=UTC)


def told(pk: int, source: str, day: int, **values: str) -> Told:
    return Told(pk, source, date(2026, 1, 1) + timedelta(days=day), SAID_AT, values)


statements = st.lists(
    st.builds(
        lambda pk, source, day, values: told(pk, source, day, **values),
        st.integers(1, 10_000),
        st.sampled_from(["report", "row", "officer"]),
        st.integers(0, 5),
        st.dictionaries(st.sampled_from(["names", "address", "sex"]), st.sampled_from(["", "a", "b", "c"])),
    ),
    unique_by=lambda statement: statement.pk,
    max_size=8,
)


@given(statements, st.randoms())
def test_any_order_of_statements_gives_the_same_conclusion(told_so_far: list[Told], chance: Any) -> None:
    shuffled = list(told_so_far)
    chance.shuffle(shuffled)
    assert conclude(shuffled) == conclude(told_so_far)


@given(statements)
def test_every_value_was_said_by_the_statement_it_names_and_none_is_empty(told_so_far: list[Told]) -> None:
    for field, (value, statement) in conclude(told_so_far).items():
        assert value and statement.values[field] == value


def test_the_newest_word_stands_whenever_it_was_told() -> None:
    concluded = conclude([told(2, "report", 5, address="new"), told(1, "report", 1, address="old")])
    assert concluded["address"].value == "new"


def test_an_officers_correction_of_a_name_outlasts_a_later_report_but_not_of_an_address() -> None:
    corrected = told(1, "officer", 1, names="Right", address="old")
    later = told(2, "report", 5, names="Wrnog", address="new")
    concluded = conclude([corrected, later])
    assert (concluded["names"].value, concluded["address"].value) == ("Right", "new")


def test_a_field_left_empty_takes_nothing_away() -> None:
    assert (
        conclude([told(1, "report", 1, names="Thiha"), told(2, "report", 2, names="")])["names"].value
        == "Thiha"
    )
