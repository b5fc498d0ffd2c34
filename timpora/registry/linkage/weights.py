"""The weight of a pair: in Python for one, as SQL for millions, equal to the last bits."""

from __future__ import annotations

import math
from dataclasses import dataclass

from timpora.registry.linkage.comparisons import ABSENT, COMPARISONS, OTHERWISE, Comparison
from timpora.registry.linkage.expression import Columns
from timpora.registry.linkage.model import LIMIT, Model, probability


@dataclass(frozen=True, slots=True)
class Part:
    """What one field says: the level's code, its sentence (an English msgid) and its weight in bits."""

    field: str
    level: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weight:
    """How much speaks for one person, in bits with the prior, and field by field."""

    total: float
    parts: tuple[Part, ...]

    @property
    def probability(self) -> float:
        return probability(self.total)


def weigh(left: Columns, right: Columns, model: Model) -> Weight:
    """The weight of two records' columns, each with its frequencies (`name_frequency` …) where known."""
    total, parts = model.prior_weight, []
    for comparison in COMPARISONS:
        if comparison.name not in model.chances:
            continue
        code = comparison.answer(left, right)
        weight = 0.0 if code == ABSENT else model.chances[comparison.name][code].weight
        if (column := comparison.frequency(code)) and column in model.equal:
            weight += _rarity(model.equal[column], left, right, column)
        total += weight
        parts.append(Part(comparison.name, code, comparison.words(code), weight))
    return Weight(total, tuple(parts))


def _rarity(equal: float, left: Columns, right: Columns, column: str) -> float:
    """What the value's own frequency adds to the weight of agreeing: more for rare ones, less for common."""
    one, other = left.get(f"{column}_frequency"), right.get(f"{column}_frequency")
    if one is None or other is None:
        return 0.0
    return max(-LIMIT, min(LIMIT, math.log2(equal / max(one, other))))


def weight_sql(comparison: Comparison, model: Model) -> str:
    """The comparison's weight as SQL over its answer (the column named after it) and the frequencies."""
    cases, chances = [f"when '{ABSENT}' then 0.0"], model.chances[comparison.name]
    for code in (*(level.code for level in comparison.levels), OTHERWISE):
        column = comparison.frequency(code)
        rarity = f" + {_rarity_sql(model.equal[column], column)}" if column in model.equal else ""
        cases.append(f"when '{code}' then {chances[code].weight!r}::double{rarity}")
    return f"case {comparison.name}_level {' '.join(cases)} end"


def _rarity_sql(equal: float, column: str) -> str:
    one, other = f"{column}_frequency_l", f"{column}_frequency_r"
    bits = f"log2({equal!r}::double / greatest({one}, {other}))"
    known = f"{one} is not null and {other} is not null"
    return f"case when {known} then greatest({-LIMIT}, least({LIMIT}, {bits})) else 0.0 end"


def ceiling(comparison: Comparison, model: Model) -> float:
    """The most that the comparison can add."""
    frequencies = any(level.frequency in model.equal for level in comparison.levels if level.frequency)
    best = max(chance.weight for chance in model.chances[comparison.name].values())
    return max(0.0, best) + (LIMIT if frequencies else 0.0)
