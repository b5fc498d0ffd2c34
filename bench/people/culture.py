"""A name culture, and how its words are written down in cultures.py.

A word is its Latin spellings, the usual one first, the others as a second office may write it. A second
script, where the papers carry one, follows a "=".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: `spellings` in Latin letters, the usual first, and `native` or ""."""

    spellings: tuple[str, ...]
    native: str = ""


@dataclass(frozen=True, slots=True)
class Culture:
    """Given names by sex, family names, and the shape of the printed name.

    `shape` names what is printed in order: G given, g a second given, F family, f a second family, P the
    father's given name. `nationality` is ISO 3166 alpha-3; `initials` whether a part may shrink to a letter.
    """

    nationality: str
    shapes: tuple[str, ...]
    women: tuple[Part, ...]
    men: tuple[Part, ...]
    family: tuple[Part, ...] = ()
    father: str = ""  # what links the father's name to it: "bin", "s/o", "ibn"
    mother: str = ""  # the same for a woman: "binti", "d/o"
    initials: bool = False


def parts(text: str) -> tuple[Part, ...]:
    """ "Zhang/Chang=张 Li" → two parts, the first with two spellings and a native form; `_` is a space."""
    made = []
    for word in text.split():
        latin, _, native = word.partition("=")
        made.append(Part(tuple(each.replace("_", " ") for each in latin.split("/")), native))
    return tuple(made)
