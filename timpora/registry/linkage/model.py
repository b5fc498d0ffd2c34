"""What agreement and disagreement are worth: estimated without any known truth, kept as versioned JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

from timpora.registry.linkage.comparisons import COMPARISONS, OTHERWISE

VERSION = 1
# Of each nationality's own frequencies: so many records' worth of the whole list's are mixed in, so that a
# nationality of three people does not make each of their names a common one.
MIXED = 200
LIMIT = 8.0  # bits by which a rare or a common value moves a weight at most


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a level is met among records of the same person (`same`) and of two (`other`): m and u."""

    same: float
    other: float

    @property
    def weight(self) -> float:
        """The evidence in bits: log2 of m / u (Fellegi and Sunter 1969)."""
        return math.log2(self.same / self.other)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of all comparisons that were trained; the others weigh nothing.

    `prior` is the probability that two records taken at random are one person; `chances` comparison → level
    code → Chance ("otherwise" is none of the levels); `equal` column → the probability that two random
    records of different persons agree in it, from which rare and common values depart. `shares` column →
    "NATION value" → how common the value is, where the lists themselves are too short to tell; `rare` is the
    share of values not named there. `report` says what it was trained on.
    """

    prior: float
    chances: Mapping[str, Mapping[str, Chance]]
    equal: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    rare: Mapping[str, float] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)

    @property
    def prior_weight(self) -> float:
        return math.log2(self.prior / (1 - self.prior))

    @property
    def is_sound(self) -> bool:
        """Whether another name and another birth date speak against one person."""
        told = [self.chances[name] for name in ("name", "birth") if name in self.chances]
        return all(levels[OTHERWISE].weight < 0 for levels in told)

    def __post_init__(self) -> None:
        for comparison in COMPARISONS:
            known = {level.code for level in comparison.levels} | {OTHERWISE}
            given = set(self.chances.get(comparison.name, known))
            if given != known:
                raise ValueError(f"{comparison.name}: the levels of this model are of another version")

    def share(self, column: str, nation: str, value: str) -> float | None:
        """How common a value is; None for a column of which the model knows no shares."""
        if column not in self.shares:
            return None
        return self.shares[column].get(f"{nation} {value}", self.rare[column])

    def save(self, path: Path) -> None:
        """Writes the model; the same model gives the same bytes."""
        path.write_text(json.dumps({"version": VERSION, **asdict(self)}, indent=1, sort_keys=True) + "\n")

    @classmethod
    def load(cls, path: Path) -> Self:
        """The model of a file. Raises ValueError for another version's."""
        kept = json.loads(path.read_text())
        if kept.pop("version", None) != VERSION:
            raise ValueError(f"{path.name} is not a model of version {VERSION}")
        kept["chances"] = {
            name: {code: Chance(**chance) for code, chance in levels.items()}
            for name, levels in kept["chances"].items()
        }
        return cls(**kept)


SHIPPED = Path(__file__).with_name("data") / "model.json"


@cache
def shipped() -> Model:
    """The model that comes with Timpora, for a report or a list too short to learn from.

    Trained as any other, on invented lists of eighteen name cultures (bench/linkage/ship.py).
    """
    return Model.load(SHIPPED)


def probability(weight: float) -> float:
    """The probability that two records of this weight are one person; the weight holds the prior."""
    return 1 / (1 + 2**-weight) if weight > -1000 else 0.0
