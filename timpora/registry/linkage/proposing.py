"""Whether two descriptions may be one person: the seam through which matching is done. Pure, no Django.

`propose` compares one claim with candidates somebody else has looked up, and only proposes: "certain" is
decided by the confirmation itself, "doubtful" by a person (rules.md section 2). A shared document decides by
itself unless something contradicts it; without one the evidence of all fields is weighed (weights.py), and is
certain only from a threshold whose error was measured (certainty.py), with nothing that differs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from rapidfuzz import fuzz

from timpora.registry.linkage.certainty import CERTAIN
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.model import Model, shipped
from timpora.registry.linkage.nearness import nearness
from timpora.registry.linkage.weights import weigh
from timpora.registry.names import key, tokens
from timpora.registry.partial_date import PartialDate

N_ = str  # marks a msgid for extraction; whoever shows the words translates them

Certainty = Literal["certain", "doubtful"]
Outcome = Literal["same", "near", "differs", "unknown"]

NEAR_NAME = 92  # of 100, token order ignored: one letter in twelve may differ
DOUBTFUL = 5.0  # bits of evidence (thirty to one) from which a person must look, without a shared document
SMALLEST = 40_000  # persons the register is taken to hold at least: the model knows lists of that size
COUNTED = ("name", "sound", "nationality")  # columns of which a common value says less

WORDS: dict[tuple[str, Outcome], str] = {
    ("document", "same"): N_("The document number is the same."),
    ("document", "differs"): N_("The document numbers differ; one may be renewed."),
    ("document", "unknown"): N_("For at least one of the two no document is known."),
    ("name", "same"): N_("The name is the same, whatever the order of its words."),
    ("name", "near"): N_("The names are nearly the same."),
    ("name", "differs"): N_("The names differ."),
    ("name", "unknown"): N_("At least one name is not known."),
    ("birth", "same"): N_("The birth date agrees as far as both are known."),
    ("birth", "near"): N_("The birth dates are close: day and month swapped, or one digit different."),
    ("birth", "differs"): N_("The birth dates differ."),
    ("birth", "unknown"): N_("At least one birth date is not known."),
    ("nationality", "same"): N_("The nationality is the same."),
    ("nationality", "differs"): N_("The nationalities differ."),
    ("nationality", "unknown"): N_("At least one nationality is not known."),
    ("sex", "same"): N_("The sex is the same."),
    ("sex", "differs"): N_("The sex differs."),
    ("sex", "unknown"): N_("At least one sex is not known."),
    ("area", "same"): N_("Both are known in the same district."),
    ("area", "near"): N_("Both are known in the same regency."),
    ("area", "differs"): N_("They are known in different regencies."),
    ("area", "unknown"): N_("At least one place is not known."),
}
_WEIGHT: dict[Outcome, int] = {"same": 3, "near": 2, "unknown": 1, "differs": 0}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a person. `person_id` is None for a claim about somebody not yet known.

    `document_keys` are the vault's keyed hashes; `names` as printed, the main one first; `name_key` is
    names.key of it (made when left out); `nationality` an alpha-3 or ICAO code; `sex` F, M, X or ""; `area`
    the code of where they live, lived last or are reported.
    """

    person_id: int | None
    names: tuple[str, ...]
    document_keys: frozenset[str] = frozenset()
    birth: PartialDate | None = None
    nationality: str = ""
    sex: str = ""
    name_key: str = ""
    area: str = ""

    def __post_init__(self) -> None:
        if not self.name_key and self.names:
            object.__setattr__(self, "name_key", key(self.names[0]))


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one field of the two compares."""

    field: str
    outcome: Outcome

    @property
    def words(self) -> str:
        """The sentence for it, an English msgid that holds no value of either."""
        return WORDS[self.field, self.outcome]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One candidate who may be the claim's person, how certainly, and why, field by field."""

    candidate: Profile
    certainty: Certainty
    evidence: tuple[Evidence, ...]
    name_likeness: float  # 0 to 100

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the fields that contradict each other."""
        return tuple(e.field for e in self.evidence if e.outcome == "differs")


def propose(claim: Profile, candidates: Iterable[Profile], register: int = 0) -> list[Proposal]:
    """The candidates who may be the claim's person, the best first; the candidates' order does not matter.

    `register` is how many persons there are: among more of them a namesake is likelier. A claim's own person
    is left out. Two certain proposals can't both be right: then both are doubtful, for a person must look.
    """
    proposals = [
        proposal
        for candidate in candidates
        if candidate.person_id is None or candidate.person_id != claim.person_id
        for proposal in [_compare(claim, candidate, register)]
        if proposal is not None
    ]
    people = {p.candidate.person_id for p in proposals if p.certainty == "certain"}
    if len(people) > 1:
        proposals = [Proposal(p.candidate, "doubtful", p.evidence, p.name_likeness) for p in proposals]
    return sorted(proposals, key=_rank)


def _compare(claim: Profile, candidate: Profile, register: int) -> Proposal | None:
    likeness = _likeness(claim, candidate)
    outcomes: dict[str, Outcome] = {
        "document": _document(claim, candidate),
        "name": _name(claim, candidate, likeness),
        "birth": _birth(claim.birth, candidate.birth),
        "nationality": _equal(claim.nationality, candidate.nationality),
        "sex": _equal(claim.sex, candidate.sex),
        "area": nearness(claim.area, candidate.area),
    }
    certainty = _certainty(outcomes, claim, candidate, register)
    if certainty is None:
        return None
    evidence = tuple(Evidence(name, outcome) for name, outcome in outcomes.items())
    return Proposal(candidate, certainty, evidence, likeness)


def _certainty(
    outcomes: Mapping[str, Outcome], claim: Profile, candidate: Profile, register: int
) -> Certainty | None:
    """A shared document is certain unless birth or nationality contradict it; else the evidence is weighed.

    A wholly different name needs an equal birth date beside it: one mistyped digit must not join two people.
    """
    if outcomes["document"] == "same":
        contradicted = outcomes["birth"] in ("near", "differs") or outcomes["nationality"] == "differs"
        equal = outcomes["birth"] == "same" and claim.birth == candidate.birth
        contradicted |= outcomes["name"] == "differs" and not equal
        return "doubtful" if contradicted else "certain"
    if outcomes["name"] == "unknown":  # without a name nobody is told from whoever shares the birth date
        return None
    weight = bits(claim, candidate, register)
    if weight >= CERTAIN and not _contradicted(outcomes):
        return "certain"
    alike = outcomes["name"] == "same" and outcomes["birth"] in ("same", "near")
    if alike and outcomes["nationality"] == "same":  # however common the name: nothing that is known differs
        return "doubtful"
    return "doubtful" if weight >= DOUBTFUL else None


def _contradicted(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether anything but the place differs: people move, the rest a person must look at."""
    return any(outcomes[name] == "differs" for name in ("document", "name", "birth", "nationality", "sex"))


def bits(claim: Profile, candidate: Profile, register: int = 0) -> float:
    """The weight in bits that two descriptions are one person, of the most alike of their names.

    Of a `register` of so many persons; of one smaller than SMALLEST it is the same.
    """
    model = shipped()
    document = _standing("differs" if claim.document_keys and candidate.document_keys else "unknown")
    area = _standing(nearness(claim.area, candidate.area))
    ours, theirs = (
        [_columns(side, name, number, place, model) for name in side.names or ("",)]
        for side, number, place in zip((claim, candidate), document, area, strict=True)
    )
    weight = max(weigh(one, other, model).total for one, other in product(ours, theirs))
    return weight - math.log2(max(register, SMALLEST) / SMALLEST)


def _standing(outcome: Outcome) -> tuple[str, str]:
    """Two values that compare so, for what was compared before: numbers by their hashes, places by codes."""
    return {"same": ("a", "a"), "differs": ("a", "b" * 9)}.get(outcome, ("", ""))


def _columns(profile: Profile, name: str, document: str, area: str, model: Model) -> dict[str, object]:
    """What is compared, with how common each value is; document and area stand for how they compare."""
    said = columns(
        Record(name, birth=str(profile.birth or ""), sex=profile.sex, nationality=profile.nationality,
               document=document, area=area)
    )  # fmt: skip
    for column in COUNTED:
        nation = "" if column == "nationality" else profile.nationality
        value = said[column]
        said[f"{column}_frequency"] = None if value is None else model.share(column, nation, value)
    return said


def _document(claim: Profile, candidate: Profile) -> Outcome:
    if claim.document_keys & candidate.document_keys:
        return "same"
    return "differs" if claim.document_keys and candidate.document_keys else "unknown"


def _name(claim: Profile, candidate: Profile, likeness: float) -> Outcome:
    if not claim.name_key or not candidate.name_key:
        return "unknown"
    if claim.name_key == candidate.name_key:
        return "same"
    return "near" if likeness >= NEAR_NAME else "differs"


def _likeness(claim: Profile, candidate: Profile) -> float:
    """How like the most alike of the printed names are, of 100; a name within a longer one is 100."""
    return max((_alike(a, b) for a, b in product(claim.names, candidate.names)), default=0.0)


def _alike(one: str, other: str) -> float:
    ours, theirs = tokens(one), tokens(other)
    if not ours or not theirs:
        return 0.0
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return 100.0
    spaced = fuzz.ratio(" ".join(sorted(ours)), " ".join(sorted(theirs)))
    return max(spaced, fuzz.ratio("".join(ours), "".join(theirs)))  # "Min Jun" and "Minjun"


def _birth(one: PartialDate | None, other: PartialDate | None) -> Outcome:
    if one is None or other is None:
        return "unknown"
    if one.agrees(other):
        return "same"
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return "near" if swapped or _one_digit_off(str(one), str(other)) else "differs"


def _one_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _equal(one: str, other: str) -> Outcome:
    if not one or not other:
        return "unknown"
    return "same" if one == other else "differs"


def _rank(proposal: Proposal) -> tuple[object, ...]:
    """Certain first, then a shared document, then the weight of all fields, then the name, then the id."""
    outcomes = [e.outcome for e in proposal.evidence]
    candidate = proposal.candidate
    return (
        proposal.certainty != "certain",
        outcomes[0] != "same",
        -sum(_WEIGHT[outcome] for outcome in outcomes),
        -proposal.name_likeness,
        candidate.person_id is None,
        candidate.person_id or 0,
        candidate.names,
        sorted(candidate.document_keys),
        str(candidate.birth or ""),
        candidate.nationality,
        candidate.sex,
        candidate.area,
    )
