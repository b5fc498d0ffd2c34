"""Records as the columns that are compared: made once, in Python, for one report or a million rows."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from timpora.registry.linkage.sounds import sound as heard
from timpora.registry.names import fold, tokens

_SIGNS = re.compile(r"[^0-9A-Z]+")
_LOOKALIKE = str.maketrans("OIQ", "010")  # letters that are read as figures in a document number
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_JAPAN = ("JPN", "JP", "Japan", "Jepang")
_PAIRED = 4  # of a name's sounds: six pairs are enough to be found by
PLACES = ("area", "suburb", "state", "address")

sound = lru_cache(maxsize=200_000)(heard)
_place = lru_cache(maxsize=200_000)(fold)


class Record(NamedTuple):
    """Somebody as one list describes them, every value as written there; "" where it says nothing.

    `birth` is ISO 8601, a year, or a year and month; `nationality` any code or word, the same on both sides.
    """

    name: str = ""
    given: str = ""
    family: str = ""
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    document: str = ""
    area: str = ""
    suburb: str = ""
    state: str = ""
    address: str = ""


def columns(record: Record) -> dict[str, Any]:
    """The record's columns under the names of COLUMNS; None where nothing is known."""
    name = record.name or f"{record.given} {record.family}"
    parts = tokens(record.given), tokens(record.family)
    return {
        **_name(tokens(name) if record.name else [*parts[0], *parts[1]]),
        "given": "".join(parts[0]) or None,
        "family": "".join(parts[1]) or None,
        "reading": _reading(name, record.nationality),
        **_birth(record.birth),
        **_document(record.document),
        "sex": record.sex or None,
        "nationality": record.nationality or None,
        **{place: _place(getattr(record, place)) or None for place in PLACES},
    }


def _name(words: list[str]) -> dict[str, Any]:
    if not words:
        return dict.fromkeys(_NAME)
    ordered, run, sounds = sorted(words), "".join(words), [sound(word) for word in words]
    heard = sorted(sounds)
    distinct = _distinct(heard)
    initials = " ".join(sorted([each[:1] for each in sounds]))
    pairs = [f"{one} {two}" for one, two in combinations(distinct[:_PAIRED], 2)]
    return {
        "name": " ".join(ordered),
        "name_run": run,
        "name_sorted_run": "".join(ordered),
        "letters": "".join(sorted(run)),
        "words": _distinct(ordered),
        "sounds": distinct,
        "sound": " ".join(heard),
        "sound_letters": "".join(sorted("".join(sounds))),
        "sound_pairs": pairs or distinct,
        "initials": initials,
        "short_initials": initials if min(map(len, words)) == 1 else None,
    }


def _distinct(ordered: list[str]) -> list[str]:
    """Each of a sorted list once: nearly always the list itself."""
    return ordered if len(set(ordered)) == len(ordered) else sorted(set(ordered))


def _reading(name: str, nationality: str) -> str:
    """Whether the Latin form is how the name is read: characters of a Japanese name can be read many ways."""
    if nationality not in _JAPAN or name.isascii():
        return "read"
    unread = any("\u4e00" <= sign <= "\u9fff" for sign in name)
    return "unread" if unread and not any("a" <= sign <= "z" for sign in name.casefold()) else "read"


def _birth(text: str) -> dict[str, str | None]:
    """The whole date, its year and its day of the year; of a year alone only the year."""
    day = text if _DAY.fullmatch(text) else None
    return {
        "birth": day,
        "birth_year": text[:4] if _YEAR.match(text) else None,
        "birth_day": day[5:] if day else None,
        "birth_swapped": f"{day[:4]}-{day[8:]}-{day[5:7]}" if day else None,
    }


def _document(text: str) -> dict[str, str | None]:
    """The number without signs, and with the letters read as figures that are often mistaken for them."""
    number = _SIGNS.sub("", text.upper()) or None
    return {"document": number, "document_alike": number.translate(_LOOKALIKE) if number else None}


_NAME = tuple(_name(["x"]))
COLUMNS = tuple(columns(Record()))
LISTS = ("words", "sounds", "sound_pairs")
