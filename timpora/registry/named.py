"""Values that name something registered: the words as people write them, its number in brackets.

"Maria da Costa (R-000012)" is a person, "Kaliwungu – Kab. Kudus, Jawa Tengah (33.19.01)" an area. Without
a number the words are all that is known. Both stay readable when what they name is renamed or gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timpora.areas.models import Area
    from timpora.registry.models import Person

_NUMBER = re.compile(r"\s*\((?:R-(\d{6,10})|\d\d(?:\.\d\d){0,2}|\d\d\.\d\d\.\d\d\.\d{4})\)$", re.ASCII)
AREA_WORDS = 120 - len(" (33.19.01.2001)")  # a column of Employment takes 120


def words(value: str) -> str:
    """The value as it is shown: without the number."""
    return _NUMBER.sub("", value)


def register_number(number: int) -> str:
    """How letters name a person without a name: "R-000012"."""
    return f"R-{number:06d}"


def person(known: Person) -> str:
    """A person as a value: name and register number."""
    return f"{known.names} ({known.register_number})"


def person_number(value: str) -> int | None:
    """The number of the person the value names; None where it is words alone."""
    found = _NUMBER.search(value)
    return int(found[1]) if found and found[1] else None


def area(known: Area) -> str:
    """An area as a value: its name, where it lies, and its code."""
    return f"{known.path[:AREA_WORDS]} ({known.code})"
