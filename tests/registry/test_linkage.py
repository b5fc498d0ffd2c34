"""Matching only proposes, says why, and says the same whatever order it looks in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.linkage import WORDS, Profile, propose
from timpora.registry.linkage.certainty import CERTAIN
from timpora.registry.linkage.model import shipped
from timpora.registry.linkage.proposing import bits
from timpora.registry.partial_date import PartialDate

BIRTH = PartialDate(1990, 5, 3)


def profile(person_id: int | None = None, name: str = "Dewan Ahmed Karim", **other: object) -> Profile:
    given_fields = {"document_keys": frozenset({"k1"}), "birth": BIRTH, "nationality": "BGD", "sex": "M"}
    return Profile(person_id, (name,) if name else (), **{**given_fields, **other})  # type: ignore[arg-type]


def certainty(claim: Profile, candidate: Profile) -> str | None:
    proposals = propose(claim, [candidate])
    return proposals[0].certainty if proposals else None


NONE: frozenset[str] = frozenset()
RARE = "Zebediah Quillfeather Thistlewood"
OTHER = frozenset({"k2"})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "certain"),
        ({"name": "Someone Else Entirely"}, "certain"),
        ({"birth": None}, "certain"),
        ({"birth": PartialDate(1990)}, "certain"),
        ({"nationality": ""}, "certain"),
        ({"sex": "F"}, "certain"),
        ({"birth": PartialDate(1971, 1, 1)}, "doubtful"),
        ({"birth": PartialDate(1990, 3, 5)}, "doubtful"),
        ({"nationality": "IND"}, "doubtful"),
        ({"document_keys": OTHER}, "doubtful"),
        ({"document_keys": NONE}, "doubtful"),
        ({"document_keys": OTHER, "name": "KARIM, Dewan Ahmed"}, "doubtful"),
        ({"document_keys": OTHER, "birth": PartialDate(1990)}, "doubtful"),
        ({"document_keys": OTHER, "birth": PartialDate(1990, 3, 5)}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmad Karim"}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmed"}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmad Karim", "birth": PartialDate(1990, 3, 5)}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmad Karim", "birth": PartialDate(1990, 5, 8)}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmad Karim", "birth": PartialDate(1990)}, "doubtful"),
        ({"document_keys": OTHER, "name": "Dewan Ahmad Karim", "birth": PartialDate(1991, 7, 9)}, None),
        ({"document_keys": OTHER, "birth": PartialDate(1971, 1, 1)}, None),
        ({"document_keys": OTHER, "birth": None}, None),
        ({"document_keys": OTHER, "nationality": "IND"}, None),
        ({"document_keys": OTHER, "nationality": ""}, "doubtful"),
        ({"document_keys": OTHER, "name": "Someone Else Entirely"}, None),
        ({"document_keys": OTHER, "name": ""}, None),
    ],
)
def test_certain_doubtful_or_nothing_follows_from_the_fields(
    changes: dict[str, object], expected: str | None
) -> None:
    claim = profile()
    candidate = profile(7, **changes)  # type: ignore[arg-type]
    assert certainty(claim, candidate) == expected
    assert certainty(candidate, claim) == expected


def test_two_people_holding_one_document_are_both_left_to_a_person() -> None:
    proposals = propose(profile(), [profile(1), profile(2)])
    assert [p.certainty for p in proposals] == ["doubtful", "doubtful"]


def test_two_people_without_names_are_not_the_same_person() -> None:
    assert propose(profile(name="", document_keys=NONE), [profile(1, name="", document_keys=NONE)]) == []


def test_a_person_is_not_proposed_to_itself() -> None:
    assert propose(profile(4), [profile(4)]) == []


def test_every_field_is_explained_without_any_value() -> None:
    proposal = propose(profile(), [profile(7, name="Karim Dewan Ahmed", birth=PartialDate(1990, 3, 5))])[0]
    assert [(e.field, e.outcome) for e in proposal.evidence] == [
        ("document", "same"), ("name", "same"), ("birth", "near"), ("nationality", "same"), ("sex", "same"),
        ("area", "unknown"),
    ]  # fmt: skip
    assert all(e.words == WORDS[e.field, e.outcome] for e in proposal.evidence)
    assert proposal.differing == ()


def test_the_best_stands_first() -> None:
    by_document = profile(3, birth=PartialDate(1971, 1, 1))
    by_name = profile(1, document_keys=OTHER)
    nearly = profile(2, document_keys=OTHER, name="Dewan Ahmad Karim")
    proposals = propose(profile(), [nearly, by_name, by_document])
    assert [p.candidate.person_id for p in proposals] == [3, 1, 2]


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Few values on purpose, so that many agree."""
    names = [(), ("Li Wei",), ("Wei Li", "Li W."), ("Lie Wei",), ("Park Min Jun",), ("Park Minjun",)]
    births = [None, BIRTH, PartialDate(1990, 3, 5), PartialDate(1990), PartialDate(1971, 1, 1)]
    return Profile(
        draw(st.none() | st.integers(1, 6)),
        draw(st.sampled_from(names)),
        draw(st.frozensets(st.sampled_from(["k1", "k2", "k3"]), max_size=2)),
        draw(st.sampled_from(births)),
        draw(st.sampled_from(["", "CHN", "KOR"])),
        draw(st.sampled_from(["", "F", "M", "X"])),
    )


@given(profiles(), st.lists(profiles(), max_size=8), st.randoms())
def test_the_order_of_the_candidates_changes_nothing(
    claim: Profile, candidates: list[Profile], random: object
) -> None:
    shuffled = candidates.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    proposals = propose(claim, candidates)
    assert proposals == propose(claim, shuffled)
    ranks = [p.certainty for p in proposals]
    assert ranks == sorted(ranks)


@given(profiles(), profiles())
def test_the_comparison_is_symmetric(one: Profile, other: Profile) -> None:
    assert certainty(one, other) == certainty(other, one)


@given(profiles(), profiles())
def test_without_a_shared_document_nothing_is_certain_that_contradicts_anything(
    one: Profile, other: Profile
) -> None:
    if one.document_keys & other.document_keys:
        return
    for proposal in propose(one, [other]):
        if proposal.certainty == "certain":
            assert bits(one, other) >= CERTAIN
            assert set(proposal.differing) <= {"area"}


KUDUS, DEMAK = "33.19.01.2001", "33.21.04.2003"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "certain"),  # a rare name, birth date, sex and nationality in one district
        ({"area": "33.19.01.2009"}, "certain"),
        ({"area": "33.19"}, "doubtful"),  # only the regency is known
        ({"area": DEMAK}, "doubtful"),
        ({"document_keys": OTHER}, "doubtful"),
        ({"sex": "F"}, "doubtful"),
        ({"birth": PartialDate(1990)}, "doubtful"),
        ({"birth": PartialDate(1990, 3, 5)}, "doubtful"),
    ],
)
def test_without_a_document_everything_else_must_agree_to_be_certain(
    changes: dict[str, object], expected: str
) -> None:
    claim = profile(name=RARE, area=KUDUS)
    candidate = profile(7, **{"name": RARE, "area": KUDUS, "document_keys": NONE, **changes})
    assert certainty(claim, candidate) == expected


def test_among_more_persons_less_is_certain() -> None:
    claim, candidate = profile(name=RARE, area=KUDUS), profile(7, name=RARE, area=KUDUS, document_keys=NONE)
    assert [p.certainty for p in propose(claim, [candidate], 40_000)] == ["certain"]
    assert [p.certainty for p in propose(claim, [candidate], 400_000_000)] == ["doubtful"]


def test_a_common_name_says_less_than_a_rare_one() -> None:
    known = {words: share for words, share in shipped().shares["name"].items() if words.startswith("BGD ")}
    common = max(known, key=lambda words: known[words]).removeprefix("BGD ")

    def told(name: str) -> float:
        one, other = (profile(number, name=name, document_keys=NONE) for number in (1, 2))
        return bits(one, other)

    assert told(RARE) > told(common) + 1
