"""The columns a caller knows, and how a heading in somebody's file is recognised as one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is the caller's key, `heading` what we print, `aliases` what others print.

    `required` means the column must stand in the file (not that every cell is filled). `choices`, `note`
    and `width` (characters) serve the template.
    """

    name: str
    heading: str
    aliases: Sequence[str] = ()
    required: bool = False
    note: str = ""
    choices: Sequence[str] = ()
    width: int = 20
    _forms: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms = frozenset(folded(form) for form in (self.name, self.heading, *self.aliases))
        object.__setattr__(self, "_forms", forms - {""})

    def matches(self, heading: str) -> bool:
        """Whether a heading in a file means this column, whatever its case, marks, stars or brackets."""
        return folded(heading) in self._forms or folded(_ASIDE.sub(" ", heading)) in self._forms


@dataclass(frozen=True, slots=True)
class Headings:
    """What a heading row says: `places` column name → index, and the headings that are doubled or unknown."""

    places: dict[str, int]
    doubled: tuple[str, ...]
    unknown: tuple[str, ...]


def recognise(cells: Sequence[str], columns: Sequence[Column]) -> Headings:
    """Which of the columns the cells of one row head; of two alike the first counts and is `doubled`."""
    places: dict[str, int] = {}
    doubled: list[str] = []
    unknown: list[str] = []
    for index, cell in enumerate(cells):
        if not cell.strip():
            continue
        found = next((column.name for column in columns if column.matches(cell)), None)
        if found is None:
            unknown.append(" ".join(cell.split()))
        elif found in places:
            doubled.append(found)
        else:
            places[found] = index
    return Headings(places, tuple(dict.fromkeys(doubled)), tuple(unknown))


def folded(heading: str) -> str:
    """The heading's letters and figures only: "No. Paspor *" → "no paspor"."""
    plain = unicodedata.normalize("NFKD", str(heading)).casefold()
    kept = "".join(c if c.isalnum() else "" if unicodedata.category(c) == "Mn" else " " for c in plain)
    return " ".join(kept.split())
