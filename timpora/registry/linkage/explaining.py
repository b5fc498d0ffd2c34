"""Why two records were taken for one person, in a line: what each field says, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from timpora.registry.linkage.comparisons import ABSENT
from timpora.registry.linkage.weights import Part


def explained(parts: Iterable[Part], said: Callable[[str], str] = str) -> str:
    """The sentences with their weights in bits: "The birth date is the same. (+13.8) …".

    `said` translates an English msgid. Fields that one side does not know are left out.
    """
    telling = [part for part in parts if part.level != ABSENT]
    ranked = sorted(telling, key=lambda part: -abs(part.weight))
    return " ".join(f"{said(part.words)} ({part.weight:+.1f})" for part in ranked)
