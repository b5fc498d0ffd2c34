"""How near two places are, from their area codes alone: "33.19.01.2001" is in the district "33.19.01"."""

from __future__ import annotations

from typing import Literal

Nearness = Literal["same", "near", "differs", "unknown"]
REGENCY, DISTRICT = 2, 3  # parts of a code


def nearness(one: str, other: str) -> Nearness:
    """The same district; near: the same regency, where no more is known or the districts differ."""
    ours, theirs = (code.split(".")[:DISTRICT] for code in (one, other))
    if min(len(ours), len(theirs)) < REGENCY:
        return "unknown"
    if ours == theirs and len(ours) == DISTRICT:
        return "same"
    return "near" if ours[:REGENCY] == theirs[:REGENCY] else "differs"


def regency(code: str) -> str:
    """The regency an area lies in; "" for a wider one."""
    parts = code.split(".")
    return ".".join(parts[:REGENCY]) if len(parts) >= REGENCY else ""
