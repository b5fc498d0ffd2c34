"""The few keys by which a person is found again among millions, whatever slip the newcomer's name holds.

A slip spoils one end of a name, so each end is a key of its own, as printed and with its words sorted; with a
whole birth date beside the nationality the name is not even asked. Keys are numbers of 63 bits: every
database indexes them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from timpora.registry.linkage.expression import Columns

_END = 5  # letters of either end of a name
_TELLING = 3  # letters at least without which a key tells nothing


def keys(columns: Columns) -> list[int]:
    """The keys under which a record is kept, each once."""
    return _numbers(*_born(columns), *_sounding(columns), *_with_year(columns), *_halves(columns, (0,)))


def sought(columns: Columns) -> list[int]:
    """The keys under which to look for a record's person: halves of the name where no year is known.

    A letter too many or too few shortens or lengthens a half, so halves of three lengths are looked for.
    """
    halves = () if columns["birth_year"] else _halves(columns, (-1, 0, 1))
    return _numbers(*_born(columns), *_sounding(columns), *_with_year(columns), *halves)


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
        for run in _runs(columns):
            for end, letters in (("f", run[:_END]), ("l", run[-_END:])):
                yield f"{end} {columns['nationality'] or ''} {columns['birth_year']} {letters}"


def _halves(columns: Columns, slips: Iterable[int]) -> Iterator[str]:
    """Both halves of the name beside the sex, of a name that is so many letters longer or shorter."""
    beside = f"{columns['nationality'] or ''} {columns['sex'] or ''}"
    for run in _runs(columns):
        for half in {(len(run) + slip) // 2 for slip in slips}:
            yield f"F {beside} {run[:half]}"
            yield f"L {beside} {run[-half:]}"


def _runs(columns: Columns) -> Iterator[str]:
    for run in (columns["name_run"], columns["name_sorted_run"]):
        if run and len(run) > _TELLING:
            yield run


def _numbers(*texts: str) -> list[int]:
    return list(dict.fromkeys(_number(text) for text in texts))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1
