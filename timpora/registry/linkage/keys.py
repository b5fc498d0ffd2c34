"""The few keys by which a person is found again among millions, whatever slip the newcomer's name holds.

A whole birth date beside the nationality finds few people, so the name is not even asked. Else a slip spoils
one part of a name: with a year of birth both ends are keys, without one any two of three parts, as printed
and with the words sorted. Namesakes are many in a country and few in a regency, so both ends are keys beside
each regency somebody is known in, too. Keys are numbers of 63 bits: every database indexes them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from timpora.registry.linkage.expression import Columns
from timpora.registry.linkage.nearness import regency

_END, _NEAR_END = 5, 3  # letters of either end of a name: in a country, in a regency
_TELLING = 3  # letters at least without which a key tells nothing


def keys(columns: Columns, areas: Iterable[str] = ()) -> list[int]:
    """The keys under which a record is kept, each once; `areas` are the codes of where it is known."""
    thirds, there = _thirds(columns, longer=(0,), shorter=(0,)), _known_in(columns, areas)
    return _numbers(*_born(columns), *_sounding(columns), *_with_year(columns), *thirds, *there)


def sought(columns: Columns) -> list[int]:
    """The keys under which to look for a record's person: parts of the name where no year is known.

    A letter too many or too few moves the parts, and a misspelt particle is a word too many in the middle: so
    parts of several lengths are looked for.
    """
    thirds = () if columns["birth_year"] else _thirds(columns, longer=(-1, 0, 1), shorter=(-2, -1, 0, 1))
    return _numbers(*_born(columns), *_sounding(columns), *_with_year(columns), *thirds)


def around(columns: Columns, area: str) -> list[int]:
    """The keys under which to look in the regency of an area for whoever has no whole birth date."""
    return [] if columns["birth"] else _numbers(*_known_in(columns, [area]))


def born(columns: Columns) -> set[int]:
    """Those of the keys that hold a whole birth date: who shares one is compared whatever the name."""
    return set(_numbers(*_born(columns)))


def _born(columns: Columns) -> Iterator[str]:
    """A day and month may be exchanged on either side."""
    if columns["birth"]:
        for birth in (columns["birth"], columns["birth_swapped"]):
            yield f"b {columns['nationality'] or ''} {birth}"


def _sounding(columns: Columns) -> Iterator[str]:
    sounds = columns["sound_letters"] or ""
    if len(sounds) > _TELLING:
        yield f"s {columns['nationality'] or ''} {sounds}"


def _with_year(columns: Columns) -> Iterator[str]:
    """Both ends of the name, as printed and with its words sorted, beside the year of birth."""
    if columns["birth_year"]:
        yield from _ends(columns, f"{columns['nationality'] or ''} {columns['birth_year']}", _END)


def _known_in(columns: Columns, areas: Iterable[str]) -> Iterator[str]:
    """Both ends of the name beside each regency."""
    for place in sorted({regency(area) for area in areas} - {""}):
        yield from _ends(columns, f"{place} {columns['nationality'] or ''}", _NEAR_END)


def _ends(columns: Columns, beside: str, letters: int) -> Iterator[str]:
    for run in _runs(columns):
        yield f"f {beside} {run[:letters]}"
        yield f"l {beside} {run[-letters:]}"


def _thirds(columns: Columns, longer: Iterable[int], shorter: Iterable[int]) -> Iterator[str]:
    """Two thirds of the name beside the sex: the first two and the last two of a name that is so many letters
    `longer`, and the outer two, each so many letters `shorter` or longer.
    """
    beside = f"{columns['nationality'] or ''} {columns['sex'] or ''}"
    for run in _runs(columns):
        for letters in longer:
            two = len(run) + letters - (len(run) + letters) // 3
            yield f"F {beside} {run[:two]}"
            yield f"L {beside} {run[-two:]}"
        for letters in shorter:
            if (one := len(run) // 3 + letters) > 0:
                yield f"E {beside} {run[:one]} {run[-one:]}"


def _runs(columns: Columns) -> Iterator[str]:
    for run in (columns["name_run"], columns["name_sorted_run"]):
        if run and len(run) > _TELLING:
            yield run


def _numbers(*texts: str) -> list[int]:
    return list(dict.fromkeys(_number(text) for text in texts))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
