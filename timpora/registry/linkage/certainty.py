"""What "certain" means without a shared document: from which weight it is said, how often that was wrong.

Measured on invented people of whom the truth is known (bench/linkage/certain.py).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

CERTAIN = 20.0  # bits: a million to one, fixed before it was measured
MEASURED = Path(__file__).with_name("data") / "certain.json"


class Measured(NamedTuple):
    """How many proposals that were called certain were wrong, also of those without a shared document."""

    bits: float
    links: int
    wrong: int
    undocumented: int
    wrong_undocumented: int
    bound: float  # the share of wrong ones without a shared document lies below it with 95 % confidence
    seeds: tuple[int, ...]

    @property
    def percent(self) -> float:
        """The bound in hundredths."""
        return self.bound * 100


@cache
def measured() -> Measured:
    """The newest measurement, which comes with Timpora."""
    said = json.loads(MEASURED.read_text(encoding="utf-8"))
    return Measured(**{**said, "seeds": tuple(said["seeds"])})
