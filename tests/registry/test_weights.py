"""One pair in Python and millions in SQL: the same weight, and every weight explains itself."""

from __future__ import annotations

from pathlib import Path
from random import Random
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from bench.people.__main__ import two_lists
from bench.people.written import HEADINGS
from timpora.registry.linkage import loading
from timpora.registry.linkage.assignment import one_to_one
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.comparisons import ABSENT, COMPARISONS, OTHERWISE, UNKNOWN
from timpora.registry.linkage.explaining import explained
from timpora.registry.linkage.frequencies import FREQUENT
from timpora.registry.linkage.linking import Linker
from timpora.registry.linkage.model import Chance, Model, probability
from timpora.registry.linkage.weights import weigh

EVEN = Model(
    0.001,
    {c.name: {**{level.code: Chance(0.1, 0.001) for level in c.levels}, OTHERWISE: Chance(0.01, 0.9)}
     for c in COMPARISONS},
)  # fmt: skip


def record(row: tuple[str, ...]) -> Record:
    said = dict(zip(HEADINGS[1:], row[1:], strict=True))
    return Record(
        name=said["name"], birth=said["birth_date"], sex=said["sex"], nationality=said["nationality"],
        document=said["passport"], area=said["area"],
    )  # fmt: skip


@pytest.fixture(scope="module")
def linked() -> tuple[Linker, Model, list[Record], list[Record], set[tuple[int, int]]]:
    """Two lists of fifteen hundred, matched by what they taught."""
    left, right, truth = two_lists(1_500, seed=11)
    lists = [record(row) for row in left], [record(row) for row in right]
    linker = Linker(*lists)
    model = linker.score(linker.train())
    same = {(int(one[1:]), int(other[1:])) for one, other, _culture in truth}
    return linker, model, *lists, same


def with_frequencies(linker: Linker, table: str, records: list[Record]) -> list[dict[str, object]]:
    names = [f"{column}_frequency" for column in FREQUENT]
    rows = linker.connection.execute(f"select {', '.join(names)} from {table} order by row").fetchall()
    return [
        {**columns(each), **dict(zip(names, row, strict=True))}
        for each, row in zip(records, rows, strict=True)
    ]


def test_one_pair_in_python_weighs_what_it_weighs_among_millions(
    linked: tuple[Linker, Model, list[Record], list[Record], set[tuple[int, int]]],
) -> None:
    linker, model, left, right, _same = linked
    ours = with_frequencies(linker, linker.left, left)
    theirs = with_frequencies(linker, linker.right, right)
    scored = list(linker.pairs(-100))
    assert len(scored) > 3_000
    assert len({part.level for pair in scored for part in pair.parts}) >= 25
    for pair in scored:
        alone = weigh(ours[pair.left], theirs[pair.right], model)
        assert alone.total == pytest.approx(pair.weight, abs=1e-9)
        assert [(p.field, p.level) for p in alone.parts] == [(p.field, p.level) for p in pair.parts]


def test_what_fifteen_hundred_people_teach_finds_nearly_all_and_takes_hardly_any_wrong(
    linked: tuple[Linker, Model, list[Record], list[Record], set[tuple[int, int]]],
) -> None:
    linker, _model, left, right, same = linked
    weighed = ((pair.left, pair.right, pair.weight) for pair in linker.pairs(-9))
    found = {(pair.left, pair.right) for pair in one_to_one(weighed, len(left), len(right), 0.5)}
    assert len(found & same) > 0.94 * len(same)
    assert len(found - same) < 0.04 * len(same)


def test_the_same_lists_give_the_same_pairs_again() -> None:
    left, right, _truth = two_lists(200, seed=12)

    def told() -> list[tuple[int, int, str]]:
        linker = Linker([record(row) for row in left], [record(row) for row in right])
        linker.score(linker.train())
        return [(pair.left, pair.right, f"{pair.weight:.6f}") for pair in linker.pairs(-5)]

    assert told() == told()


def test_a_model_comes_back_from_its_file_as_it_was_and_another_versions_is_refused(
    linked: tuple[Linker, Model, list[Record], list[Record], set[tuple[int, int]]], tmp_path: Path
) -> None:
    model, file = linked[1], tmp_path / "model.json"
    model.save(file)
    assert Model.load(file) == model
    file.write_text(file.read_text().replace('"version": 1', '"version": 0'))
    with pytest.raises(ValueError, match="version 1"):
        Model.load(file)
    with pytest.raises(ValueError, match="another version"):
        Model(0.1, {"name": {"same": Chance(0.9, 0.1)}})


SOMEBODY = Record(
    "Muhammad bin Abdullah", birth="1990-05-03", sex="M", nationality="MYS", document="A1234567", area="Kudus"
)
WORDS = st.sampled_from(
    ["Muhammad", "Mohamed", "Li", "Wei", "O", "van", "Đỗ", "张", "Иван", "Kim", "s/o", ""]
)
RECORDS = st.builds(
    Record,
    name=st.lists(WORDS, max_size=4).map(" ".join),
    birth=st.sampled_from(["", "1990", "1990-05-03", "1990-03-05", "1991-05-03"]),
    nationality=st.sampled_from(["", "CHN", "JPN"]),
    document=st.sampled_from(["", "A 123-0", "A123O"]),
)


@given(RECORDS, RECORDS)
def test_it_does_not_matter_who_is_asked_first(one: Record, other: Record) -> None:
    ours, theirs = columns(one), columns(other)
    assert weigh(ours, theirs, EVEN) == weigh(theirs, ours, EVEN)


@given(RECORDS)
def test_nobody_weighs_more_like_another_than_like_themselves(one: Record) -> None:
    levels = {part.field: part.level for part in weigh(columns(one), columns(one), EVEN).parts}
    assert set(levels.values()) <= {"same", "year_known", ABSENT}


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("ABDULLAH Muhammad", "same"),
        ("Muhammad Abdulla", "slip"),
        ("Muhamamd Abdullah", "letters"),
        ("Mohamed Abdulla", "sound"),
        ("Muhammad Hasan Abdullah", "within"),
        ("M. Abdullah", "initials"),
        ("M. A.", "initials_only"),
        ("Siti Nurhaliza", OTHERWISE),
        ("", ABSENT),
    ],
)
def test_a_name_is_the_same_in_the_ways_offices_write_it(other: str, level: str) -> None:
    part = weigh(columns(SOMEBODY), columns(Record(other)), EVEN).parts[0]
    assert (part.field, part.level) == ("name", level)


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("1990-05-03", "same"), ("1991-05-03", "slip"), ("1990-03-05", "swapped"), ("1990", "year_known"),
        ("1890-06-03", "slips"), ("1975-05-03", "day"), ("1990-12-28", "year"), ("1971-12-28", OTHERWISE),
        ("", ABSENT),
    ],
)  # fmt: skip
def test_a_birth_date_agrees_as_far_as_it_is_known(other: str, level: str) -> None:
    assert weigh(columns(SOMEBODY), columns(Record(birth=other)), EVEN).parts[1].level == level


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("a 123-4567", "same"), ("A1234568", "slip"), ("A123457", "slip"), ("A1234576", OTHERWISE),
        ("B7", OTHERWISE),
    ],
)  # fmt: skip
def test_a_number_is_the_same_without_its_signs_and_near_with_one_wrong(other: str, level: str) -> None:
    assert weigh(columns(SOMEBODY), columns(Record(document=other)), EVEN).parts[2].level == level


def test_letters_read_as_figures_are_nearly_the_same_number() -> None:
    one, other = columns(Record(document="EO1I")), columns(Record(document="E011"))
    assert weigh(one, other, EVEN).parts[2].level == "lookalike"


def test_a_japanese_name_in_characters_says_nothing_about_one_in_latin_letters() -> None:
    latin, native = Record("Makoto Endo", nationality="JPN"), Record("遠藤 誠", nationality="JPN")
    assert weigh(columns(latin), columns(native), EVEN).parts[0].level == ABSENT
    assert weigh(columns(native), columns(native), EVEN).parts[0].level == "same"


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    model = Model(0.001, EVEN.chances, {"name": 0.001})
    told = columns(SOMEBODY)
    rare, common = ({**told, "name_frequency": share} for share in (0.0001, 0.01))
    assert (
        weigh(rare, rare, model).total > weigh(told, told, model).total > weigh(common, common, model).total
    )


def test_every_weight_is_said_in_words_and_the_parts_add_up() -> None:
    weight = weigh(columns(SOMEBODY), columns(Record("Mohamed Abdulla", birth="1990-03-05")), EVEN)
    said = explained(weight.parts)
    assert said.startswith("The names are two ways of writing the same sounds. (+6.6) Day and month")
    assert "document" not in said  # one side does not know it
    assert weight.total == pytest.approx(EVEN.prior_weight + sum(part.weight for part in weight.parts))
    assert {c.name for c in COMPARISONS} == set(UNKNOWN)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(-12, 30)), max_size=60))
def test_one_to_one_takes_each_row_once_and_never_passes_over_a_surer_pair(
    pairs: list[tuple[int, int, float]],
) -> None:
    taken = one_to_one(pairs, 10, 10, 0.5)
    assert len({pair.left for pair in taken}) == len({pair.right for pair in taken}) == len(taken)
    for left, right, weight in pairs:
        if probability(weight) >= 0.5:
            assert any(t.weight >= weight and (t.left == left or t.right == right) for t in taken)


def test_two_lists_that_contradict_each_other_nowhere_are_learned_from_too() -> None:
    chance = Random(3)
    people = [
        Record(
            name=" ".join("".join(chance.choices(ascii_lowercase, k=7)) for _ in range(2)),
            birth=f"{1950 + at // 12}-{at % 12 + 1:02}-03", sex="M", nationality="CHN", document=f"A{at:07}",
        )
        for at in range(480)
    ]  # fmt: skip
    linker = Linker(people[:320], people[160:])
    linker.score(linker.train())
    assert {(left, right) for left, right, _weight in linker.weights(0)} == {
        (n, n - 160) for n in range(160, 320)
    }


@given(st.text("abcd", max_size=9), st.text("abcd", max_size=9))
def test_sorted_letters_are_at_most_two_edits_apart_for_each_of_the_name(one: str, other: str) -> None:
    assert Levenshtein.distance(sorted(one), sorted(other)) <= 2 * Levenshtein.distance(one, other)


def test_a_long_list_that_several_processes_read_is_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    left, _right, _truth = two_lists(230, seed=13)
    records = [record(row) for row in left]

    def rows() -> list[tuple[object, ...]]:
        linker = Linker(iter(records))
        return linker.connection.execute(f"from {linker.left} order by row").fetchall()

    whole = rows()
    monkeypatch.setattr(loading, "PART", 50)
    assert rows() == whole
    assert len(whole) == 230
