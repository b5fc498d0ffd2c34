"""The picture of the parts of some lists: bars above, below which lists each part stands in (UpSet). Pure.

After Lex et al. (2014), "UpSet: visualization of intersecting sets". The table beside it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP, ROW, TOP, BAR, HEIGHT = 34, 24, 22, 20, 120  # pixels: a column, a list's line, room for numbers, a bar
LABELS = 150
DOT = 6


@dataclass(frozen=True)
class Column:
    """One part: its number, its bar, its dots (y, whether it stands in that list), the line through them."""

    number: int
    x: int
    middle: int
    y: int
    height: int
    dots: tuple[tuple[int, bool], ...]
    first: int
    last: int


@dataclass(frozen=True)
class Picture:
    """Everything a template draws, in pixels."""

    width: int
    height: int
    columns: tuple[Column, ...]
    labels: tuple[tuple[int, str, int], ...]  # y, name, size
    base: int


def drawn(parts: Sequence[tuple[Sequence[int], int]], names: Sequence[str], sizes: Sequence[int]) -> Picture:
    """The picture of the parts that hold somebody, the largest first."""
    shown = sorted((part for part in parts if part[1]), key=lambda part: (-part[1], len(part[0]), part[0]))
    most = max((number for _members, number in shown), default=1)
    base = TOP + HEIGHT
    lines = [base + ROW // 2 + 8 + ROW * place for place in range(len(names))]
    columns = []
    for place, (members, number) in enumerate(shown):
        height = max(2, round(HEIGHT * number / most))
        x = LABELS + place * STEP
        columns.append(
            Column(
                number, x + (STEP - BAR) // 2, x + STEP // 2, base - height, height,
                tuple((y, index in members) for index, y in enumerate(lines)),
                lines[min(members)], lines[max(members)],
            )
        )  # fmt: skip
    labels = tuple(zip(lines, names, sizes, strict=True))
    width = LABELS + max(1, len(shown)) * STEP + 8
    return Picture(width, (lines[-1] if lines else base) + ROW, tuple(columns), labels, base)
