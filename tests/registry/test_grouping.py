"""Rows that are one person together: judged by all pairs between them, each row in one group."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.linkage.grouping import groups

PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(-9, 30)), max_size=40).map(
    lambda pairs: [(a, b, weight) for a, b, weight in pairs if a != b]
)


def test_one_slip_joins_no_two_families() -> None:
    ones = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0)]
    others = [(3, 4, 9.0), (3, 5, 9.0), (4, 5, 9.0)]
    assert groups([*ones, *others, (2, 3, 4.0)], 1_000, 0.5) == [[0, 1, 2], [3, 4, 5]]


def test_who_is_surely_one_with_a_member_belongs_to_all_of_them() -> None:
    assert groups([(0, 1, 12.0), (1, 2, 18.0)], 1_000, 0.5) == [[0, 1, 2]]


def test_where_nearly_everybody_stands_twice_whoever_is_alone_is_likelier_the_other_one_left() -> None:
    sure = [(2 * n, 2 * n + 1, 12.0) for n in range(99)]
    assert [198, 199] in groups([*sure, (198, 199, -2.0)], 200, 0.5)
    assert [198, 199] not in groups([(198, 199, -2.0)], 200, 0.5)


@given(PAIRS, st.randoms())
def test_each_row_stands_in_one_group_whatever_the_order_of_the_pairs(
    pairs: list[tuple[int, int, float]], random: object
) -> None:
    once = {(min(a, b), max(a, b)): (a, b, weight) for a, b, weight in pairs}
    shuffled = list(once.values())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = groups(once.values(), 9, 0.5)
    assert found == groups(shuffled, 9, 0.5)
    rows = [row for group in found for row in group]
    assert len(rows) == len(set(rows)) and all(len(group) >= 2 for group in found)


@given(PAIRS)
def test_a_group_holds_a_pair_at_least_as_probable_as_was_asked(pairs: list[tuple[int, int, float]]) -> None:
    for group in groups(pairs, 1_000_000, 0.5):
        assert any(a in group and b in group and weight > -0.01 for a, b, weight in pairs)
