"""What "certain" means: the probability from which a match is called so, and how often that was wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

MEASURED = Path(__file__).parent / "linkage" / "data" / "measured.json"


class Certainty(NamedTuple):
    """The threshold with its measured error, on invented people of whom the truth is known (`make bench`)."""

    probability: float
    links: int  # links at or above the threshold that were looked at
    wrong: int
    upper95: float  # share of wrong links that the error lies below with 95 % confidence
    seeds: tuple[int, ...]


@cache
def measured() -> Certainty | None:
    """What was measured last; None where this installation has no measurement."""
    if not MEASURED.exists():
        return None
    said = json.loads(MEASURED.read_text(encoding="utf-8"))["certain"]
    return Certainty(said["probability"], said["links"], said["wrong"], said["upper95"], tuple(said["seeds"]))
