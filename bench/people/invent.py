"""People invented by chance from a seed, among them those whom a matcher confuses.

Twins share all but the given name and the document, a parent and child of one name all but birth and
document, namesakes the name and the nationality. Each trap has a rate of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.people.coined import families
from bench.people.culture import Culture, Part
from bench.people.cultures import CULTURES

FIRST_BIRTH, BIRTH_DAYS = date(1945, 1, 1), 24_000
TWINS = PARENTS = NAMESAKES = 0.02  # of all who are invented
HEADS = {"CHN": "E", "JPN": "T", "KOR": "M", "IND": "Z", "RUS": "7"}
PLACES = 101  # kecamatan of the founding office


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they are. `number` is the truth that no matcher is shown; `place` one of PLACES."""

    number: int
    culture: str
    sex: str
    words: dict[str, Part]
    shape: str
    birth: date
    document: str
    place: int

    @property
    def nationality(self) -> str:
        """ISO 3166 alpha-3."""
        return CULTURES[self.culture].nationality


def people(count: int, *, seed: int) -> list[Person]:
    """`count` people, the same for the same seed; every culture is as frequent as any other."""
    chance, made = Random(seed), list[Person]()
    names = sorted(CULTURES)
    while len(made) < count:
        drawn = _anybody(len(made), names[len(made) % len(names)], chance)
        made.append(drawn)
        made += _trap(replace(drawn, number=len(made)), chance)
    return made[:count]


def document(nationality: str, chance: Random) -> str:
    """A passport number in the manner of the country."""
    head = HEADS.get(nationality) or chance.choice("ABCKNPX")
    second = chance.choice("ABCDEFGHJK") if nationality == "CHN" else ""
    return f"{head}{second}{chance.randrange(10**8):08d}"


def _anybody(number: int, name: str, chance: Random) -> Person:
    culture = CULTURES[name]
    sex = chance.choices("FM", (45, 55))[0]
    words = {
        "G": chance.choice(_given(culture, sex)),
        "g": chance.choice(_given(culture, sex)),
        "P": chance.choice(culture.men),
    }
    for letter in "Ff" if culture.family else "":
        words[letter] = _family(name, culture, sex, chance)
    return Person(
        number=number,
        culture=name,
        sex=sex,
        words=words,
        shape=chance.choice(culture.shapes),
        birth=FIRST_BIRTH + timedelta(days=chance.randrange(BIRTH_DAYS)),
        document=document(culture.nationality, chance),
        place=chance.randrange(PLACES),
    )


def _family(name: str, culture: Culture, sex: str, chance: Random) -> Part:
    coined = families(name)
    part = chance.choice(culture.family)
    if coined and chance.random() < 0.7:
        part = Part((chance.choice(coined),))
    if culture.nationality != "RUS" or sex == "M":
        return part
    native = part.native and part.native + "а"  # Russian women: Ivanova
    return Part(tuple(spelling + "a" for spelling in part.spellings), native)


def _given(culture: Culture, sex: str) -> tuple[Part, ...]:
    return culture.women if sex == "F" else culture.men


def _trap(like: Person, chance: Random) -> list[Person]:
    """Nobody, or one more who is easily taken for `like`."""
    other = replace(like, document=document(like.nationality, chance))
    kind = chance.random()
    if kind < TWINS:
        given = [each for each in _given(CULTURES[like.culture], like.sex) if each is not like.words["G"]]
        return [replace(other, words=like.words | {"G": chance.choice(given)})]
    if kind < TWINS + PARENTS:
        older = like.birth - timedelta(days=chance.randrange(20 * 365, 40 * 365))
        return [replace(other, birth=older)]
    if kind < TWINS + PARENTS + NAMESAKES:
        birth = FIRST_BIRTH + timedelta(days=chance.randrange(BIRTH_DAYS))
        return [replace(other, birth=birth, place=chance.randrange(PLACES))]
    return []
