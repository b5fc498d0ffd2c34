"""Which cells of a table of counts may be shown to whoever may not see names. Pure.

A figure under the threshold could name somebody, so it is hidden; and because the total is shown, so is every
cell that would give a hidden one away (official statistics call it complementary suppression). An empty table
cell protects nobody, but beside a hidden cell it would narrow the guess, so it is hidden with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """A table as it may be shown: None is a hidden cell; `total` is hidden where it alone tells one."""

    cells: tuple[int | None, ...]
    total: int | None

    @property
    def hides(self) -> bool:
        return self.total is None or None in self.cells


def publish(cells: Sequence[int], *, threshold: int, guarded: Sequence[bool] | None = None) -> Published:
    """The table with its small cells hidden, and as many more that none of them follows from the total.

    `guarded` says which cells need protection (all of them unless told otherwise): a district's figure needs
    none, but where a district is one single village it is that village's.
    """
    guard = [True] * len(cells) if guarded is None else list(guarded)
    small = [guard[place] and cell < threshold for place, cell in enumerate(cells)]
    if not any(cell for cell, is_small in zip(cells, small, strict=True) if is_small):
        return Published(tuple(cells), sum(cells))
    hidden = {place for place, is_small in enumerate(small) if is_small}
    rest = [place for place in range(len(cells)) if place not in hidden]
    if rest and _told_by_the_total([cells[place] for place in hidden], threshold):
        # All of the smallest together: which of two equal cells was chosen would tell something, too.
        smallest = min(cells[place] for place in rest)
        hidden |= {place for place in rest if cells[place] == smallest}
    shown = tuple(None if place in hidden else cell for place, cell in enumerate(cells))
    return Published(shown, None if len(hidden) < 2 else sum(cells))


def _told_by_the_total(hidden: Sequence[int], threshold: int) -> bool:
    """Whether the sum of the hidden cells tells one of them: a lone one, or all at the brim."""
    return len(hidden) < 2 or sum(hidden) >= len(hidden) * (threshold - 1)
