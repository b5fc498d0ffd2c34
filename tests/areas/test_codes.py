"""Codes: the range of an index says what the rule on strings says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.areas import codes
from timpora.areas.codes import Level

pairs = st.integers(0, 99).map("{:02}".format)
villages = st.integers(0, 9999).map("{:04}".format)


@st.composite
def any_code(draw: st.DrawFn) -> str:
    depth = draw(st.integers(0, 4))
    parts = [draw(villages) if place == 4 else draw(pairs) for place in range(1, depth + 1)]
    return ".".join(parts) or codes.NATION


@given(any_code(), any_code())
def test_the_range_holds_exactly_what_lies_at_or_below(code: str, prefix: str) -> None:
    low, high = codes.prefix_range(prefix)
    assert (low <= code < high) == codes.within(code, prefix)


@given(any_code())
def test_the_range_of_every_ancestor_holds_the_code(code: str) -> None:
    for ancestor in codes.ancestors(code):
        low, high = codes.prefix_range(ancestor)
        assert low <= code < high


@given(any_code())
def test_ancestors_run_from_the_code_itself_to_the_nation(code: str) -> None:
    line = codes.ancestors(code)
    assert line[0] == code
    assert line[-1] == codes.NATION
    assert len(line) == codes.level(code) + 1
    assert [codes.parent(step) for step in line] == [*line[1:], None]


@given(any_code(), any_code())
def test_within_means_being_among_the_ancestors(code: str, prefix: str) -> None:
    assert codes.within(code, prefix) == (prefix in codes.ancestors(code))


@given(any_code())
def test_every_code_has_the_shape_of_a_code(code: str) -> None:
    assert codes.is_code(code)
    assert codes.at(codes.level(code), code) == code


@given(st.text(alphabet="0123456789.ID", max_size=14))
def test_only_pairs_and_a_four_make_a_code(text: str) -> None:
    parts = text.split(".")
    lengths = [len(part) for part in parts]
    shaped = lengths in ([2], [2, 2], [2, 2, 2], [2, 2, 2, 4]) and all(part.isdigit() for part in parts)
    assert codes.is_code(text) == (shaped or text == "ID")


@pytest.mark.parametrize(
    "text", ["", "3", "33.", "33.19.", "33.19.01.200", "33.19.01.20011", "３３", "33\n", "id"]
)
def test_what_is_almost_a_code_is_none(text: str) -> None:
    assert not codes.is_code(text)


@given(st.lists(any_code(), max_size=8), any_code())
def test_leaving_out_codes_below_others_changes_nothing(many: list[str], code: str) -> None:
    assert codes.within_any(code, codes.outermost(many)) == codes.within_any(code, many)


def test_a_code_above_the_tier_has_no_ancestor_there() -> None:
    assert codes.at(Level.REGENCY, "33") is None
    assert codes.at(Level.REGENCY, "33.19.01.2001") == "33.19"


def test_a_neighbour_with_the_same_first_digits_lies_outside() -> None:
    assert not codes.within("33.190", "33.19")
    assert not codes.within("33", "33.19")
