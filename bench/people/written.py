"""How one office writes somebody down: another spelling, order or script, a slip, a renewed passport."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from string import ascii_lowercase

from bench.people.culture import Part
from bench.people.cultures import CULTURES
from bench.people.invent import PLACES, Person, document


@dataclass(frozen=True, slots=True)
class Rates:
    """How often, of 1, a row departs from the usual writing; what an oracle may know."""

    spelling: float = 0.25  # of each word that has several
    native: float = 0.05  # only in the own script, where the culture has one here
    both: float = 0.04  # in both scripts
    order: float = 0.12
    dropped: float = 0.06  # a middle word left out, of names of three and more
    initial: float = 0.10  # where the culture shortens
    typo: float = 0.15
    joined: float = 0.06  # two words written as one
    capitals: float = 0.30
    renewed: float = 0.25
    no_document: float = 0.15
    document_slip: float = 0.05
    swapped_birth: float = 0.02  # day and month
    birth_slip: float = 0.04
    year_only: float = 0.06
    no_birth: float = 0.04
    sex_slip: float = 0.01
    moved: float = 0.25


LATEST = date(2026, 1, 1)
HEADINGS = ("id", "name", "birth_date", "sex", "nationality", "passport", "area")


RIGHT = Rates(**dict.fromkeys(Rates.__dataclass_fields__, 0.0))  # as the passport says it


def written(person: Person, chance: Random, rates: Rates = Rates()) -> tuple[str, ...]:
    """The row under HEADINGS, without its id. The same chance gives the same row."""
    sex = "FM"[person.sex == "F"] if chance.random() < rates.sex_slip else person.sex
    return (
        _name(person, chance, rates),
        _birth(person.birth, chance, rates),
        sex,
        person.nationality,
        _document(person, chance, rates),
        f"area {chance.randrange(PLACES) if chance.random() < rates.moved else person.place}",
    )


def _name(person: Person, chance: Random, rates: Rates) -> str:
    parts = [person.words[letter] for letter in person.shape if letter in person.words]
    native = "" if "P" in person.shape else " ".join(part.native for part in parts if part.native)
    if native and chance.random() < rates.native:
        return native
    words = _shortened(person, [_spelled(part, chance, rates) for part in parts], chance, rates)
    name = " ".join(_ordered(person, words, chance, rates))
    if chance.random() < rates.joined:
        name = name.replace(" ", "", 1)
    if chance.random() < rates.typo:
        name = slip(name, chance)
    if chance.random() < rates.capitals:
        name = name.upper()
    return f"{name} {native}" if native and chance.random() < rates.both else name


def _shortened(person: Person, words: list[str], chance: Random, rates: Rates) -> list[str]:
    """A word may shrink to its letter, or one in the middle be left out."""
    if CULTURES[person.culture].initials and chance.random() < rates.initial:
        place = chance.randrange(len(words))
        words[place] = words[place][0]
    if len(words) > 2 and chance.random() < rates.dropped:
        del words[chance.randrange(1, len(words) - 1)]
    return words


def _ordered(person: Person, words: list[str], chance: Random, rates: Rates) -> list[str]:
    """With the father's link where there is one, else perhaps in the other office's order."""
    culture = CULTURES[person.culture]
    link = culture.mother if person.sex == "F" else culture.father
    if link and len(words) == 2:
        return [words[0], link, words[1]]
    if len(words) == 1 or chance.random() >= rates.order:
        return words
    return [*words[1:], words[0]] if chance.random() < 0.5 else [f"{words[-1]},", *words[:-1]]


def _spelled(part: Part, chance: Random, rates: Rates) -> str:
    others = part.spellings[1:]
    return chance.choice(others) if others and chance.random() < rates.spelling else part.spellings[0]


def slip(text: str, chance: Random, letters: str = ascii_lowercase) -> str:
    """One sign replaced, left out, put in or exchanged with the one before it; never the first."""
    if len(text) < 3:
        return text
    at = chance.randrange(1, len(text))
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + chance.choice(letters) + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + chance.choice(letters) + text[at:]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def _birth(born: date, chance: Random, rates: Rates) -> str:
    shown = born.isoformat()
    kinds = ("none", "year", "swapped", "slip", "right")
    weights = [rates.no_birth, rates.year_only, rates.swapped_birth, rates.birth_slip]
    kind = chance.choices(kinds, [*weights, 1 - sum(weights)])[0]
    if kind == "swapped" and born.day <= 12:
        return f"{born.year}-{born.day:02}-{born.month:02}"
    if kind == "slip":
        return _one_digit_off(shown, chance)
    return {"none": "", "year": str(born.year)}.get(kind, shown)


def _one_digit_off(day: str, chance: Random) -> str:
    """Another day that exists: an office's form refuses the rest."""
    at = chance.choice((2, 3, 6, 8, 9))
    others = [day[:at] + digit + day[at + 1 :] for digit in "0123456789" if digit != day[at]]
    return chance.choice([each for each in others if _is_past(each)] or [day])


def _is_past(day: str) -> bool:
    try:
        return date.fromisoformat(day) <= LATEST
    except ValueError:
        return False


def _document(person: Person, chance: Random, rates: Rates) -> str:
    if chance.random() < rates.no_document:
        return ""
    number = document(person.nationality, chance) if chance.random() < rates.renewed else person.document
    return slip(number, chance, "0123456789") if chance.random() < rates.document_slip else number
