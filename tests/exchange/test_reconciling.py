"""Lists laid over each other: the parts add up, each difference is told once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timpora.exchange import upset
from timpora.exchange.reconciling import KINDS, ONLY_IN, differ, differences, parts, size, subsets

WHO = st.integers(0, 30)
LISTS = st.lists(st.sets(WHO).map(lambda found: {who: {} for who in found}), min_size=1, max_size=6)
SAID = st.dictionaries(
    st.sampled_from([field for fields in KINDS.values() for field in fields]),
    st.frozensets(st.sampled_from(["33.19", "33.19.01", "33.19.01.2001", "33.21", "x", "y"]), max_size=2),
)
SAYING = st.lists(st.dictionaries(WHO, SAID, max_size=8), min_size=2, max_size=5)


@given(LISTS)
def test_the_parts_of_a_list_add_up_to_its_size_and_all_parts_to_everybody(
    lists: list[dict[int, dict[str, frozenset[str]]]],
) -> None:
    numbers = parts(lists)
    assert len(numbers) == 2 ** len(lists) - 1
    for place, each in enumerate(lists):
        assert size(numbers, place) == len(each)
    assert sum(numbers.values()) == len(set().union(*lists))


@given(LISTS)
def test_a_part_holds_whoever_stands_in_exactly_these_lists(
    lists: list[dict[int, dict[str, frozenset[str]]]],
) -> None:
    numbers = parts(lists)
    for members in subsets(len(lists)):
        inside = set.intersection(*(set(lists[place]) for place in members))
        outside = set().union(*(set(each) for place, each in enumerate(lists) if place not in members))
        assert numbers[members] == len(inside - outside)


@given(SAYING)
def test_whoever_a_list_lacks_is_one_difference_for_that_list(
    lists: list[dict[int, dict[str, frozenset[str]]]],
) -> None:
    found = [(d.who, d.other) for d in differences(lists) if d.kind == ONLY_IN]
    everybody = set().union(*lists)
    expected = {(who, place) for who in everybody for place, each in enumerate(lists) if who not in each}
    assert sorted(found) == sorted(expected)  # each once


@given(SAYING)
def test_two_lists_differ_only_in_what_both_say_and_in_no_value_they_share(
    lists: list[dict[int, dict[str, frozenset[str]]]],
) -> None:
    for each in differences(lists):
        if each.kind != ONLY_IN:
            one, other = lists[each.one][each.who], lists[each.other][each.who]  # type: ignore[index]
            assert each.fields and set(each.fields) <= set(KINDS[each.kind])
            for field in each.fields:
                assert one[field] and other[field] and not one[field] & other[field]


def test_an_address_in_a_district_is_no_other_than_one_in_a_village_of_it() -> None:
    def area(code: str) -> dict[str, frozenset[str]]:
        return {"area": frozenset({code})}

    assert not differ("area", area("33.19.01"), area("33.19.01.2001"))
    assert not differ("area", area("33.19.01.2001"), area("33.19.01"))
    assert differ("area", area("33.19.01.2001"), area("33.19.01.2002"))
    assert differ("area", area("33.19.01.200"), area("33.19.01.2001"))  # no part of it: only a like beginning


def test_the_picture_shows_each_part_that_holds_somebody_the_largest_first() -> None:
    picture = upset.drawn([((0,), 3), ((1,), 0), ((0, 1), 9)], ["A", "B"], [12, 9])
    assert [column.number for column in picture.columns] == [9, 3]
    assert [inside for _y, inside in picture.columns[0].dots] == [True, True]
    assert [inside for _y, inside in picture.columns[1].dots] == [True, False]
    assert picture.columns[0].height == 3 * picture.columns[1].height
    assert picture.columns[0].y + picture.columns[0].height == picture.base
