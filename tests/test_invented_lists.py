"""The invented lists that matching is measured on: the same for a seed, and as hard as they say."""

from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from random import Random

from bench.people.__main__ import two_lists
from bench.people.cultures import CULTURES
from bench.people.invent import people
from bench.people.written import HEADINGS, LATEST, RIGHT, Rates, written

NAME, BIRTH, NATIONALITY, PASSPORT = (
    HEADINGS.index(each) for each in ("name", "birth_date", "nationality", "passport")
)


def test_a_seed_always_makes_the_same_lists_and_another_seed_others() -> None:
    assert two_lists(300, seed=1) == two_lists(300, seed=1)
    assert two_lists(300, seed=1)[0] != two_lists(300, seed=2)[0]


def test_the_truth_names_each_row_once_and_four_fifths_are_on_both() -> None:
    left, right, truth = two_lists(1000, seed=3)
    for place, rows in enumerate((left, right)):
        assert len({row[0] for row in rows}) == 1000
        named = [pair[place] for pair in truth]
        assert len(set(named)) == len(named) == 800
        assert set(named) <= {row[0] for row in rows}


def test_every_culture_is_about_as_frequent_as_any_other() -> None:
    found = Counter(culture for _left, _right, culture in two_lists(3600, seed=4)[2])
    assert set(found) == set(CULTURES)
    assert max(found.values()) < 2 * min(found.values())


def test_the_offices_disagree_about_the_same_person_as_often_as_the_rates_say() -> None:
    left, right, truth = two_lists(3600, seed=5)
    here, there = ({row[0]: row for row in rows} for rows in (left, right))
    pairs = [(here[one], there[other]) for one, other, _culture in truth]
    known = [(a[PASSPORT], b[PASSPORT]) for a, b in pairs if a[PASSPORT] and b[PASSPORT]]
    rates = Rates()
    both_present = (1 - rates.no_document) ** 2
    assert abs(len(known) / len(pairs) - both_present) < 0.03
    agreeing = ((1 - rates.renewed) * (1 - rates.document_slip)) ** 2
    assert abs(sum(a == b for a, b in known) / len(known) - agreeing) < 0.04
    assert all(a[NATIONALITY] == b[NATIONALITY] for a, b in pairs)
    assert 0.05 < sum(a[NAME] == b[NAME] for a, b in pairs) / len(pairs) < 0.5


def test_twins_fathers_and_namesakes_stand_among_them() -> None:
    made = people(5000, seed=6)
    neighbours = [(one, other) for one, other in pairwise(made) if one.culture == other.culture]
    twins = [1 for a, b in neighbours if a.birth == b.birth and a.words != b.words]
    same_name = [(a, b) for a, b in neighbours if a.words == b.words]
    families = [1 for a, b in same_name if a.place == b.place and b.birth < a.birth]
    assert min(len(twins), len(families), len(same_name) - len(families)) > 50
    assert all(a.document != b.document for a, b in combinations(made[:200], 2))


def test_without_errors_everybody_is_written_alike_twice() -> None:
    for person in people(100, seed=8):
        assert written(person, Random(1), RIGHT) == written(person, Random(2), RIGHT)


def test_a_birth_date_is_a_day_that_has_been_a_year_or_nothing() -> None:
    left, right, _truth = two_lists(3600, seed=9)
    days = {row[HEADINGS.index("birth_date")] for row in (*left, *right)}
    whole = {day for day in days if len(day) > 4}
    assert max(map(date.fromisoformat, whole)) <= LATEST
    assert {len(day) for day in days} == {0, 4, 10}
