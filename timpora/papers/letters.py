"""Text made fit for print: nothing that was given may vanish from a paper, or turn its letters around.

What the fonts cannot draw (Han, Hangul, Thai …) stands in ‹ › in its Latin spelling; a control, a private
character or a direction mark as its code point. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from itertools import groupby
from typing import Any

from anyascii import anyascii

_UNSEEN = ("Cc", "Cs", "Co", "Cn")  # controls, halves of pairs, private and unassigned characters
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def seen(data: Any) -> Any:
    """`data` (JSON) with every unseen or turning character of its texts written out: "a‹U+0000›b"."""
    return each_text(data, lambda text: _marked(text, _is_unseen, _points))


def latin(data: Any, beyond: Collection[str]) -> Any:
    """`data` with the characters of `beyond` written in Latin letters: "‹WangXiaoMing›"."""
    return each_text(data, lambda text: _marked(text, beyond.__contains__, _spelt))


def each_text(data: Any, change: Callable[[str], str]) -> Any:
    """JSON data with each of its texts changed; names of members stay."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {name: each_text(value, change) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [each_text(value, change) for value in data]
    return data


def _is_unseen(letter: str) -> bool:
    return letter in _TURNING or (letter not in "\n\t" and unicodedata.category(letter) in _UNSEEN)


def _marked(text: str, is_beyond: Callable[[str], bool], spell: Callable[[str], str]) -> str:
    runs = ((beyond, "".join(run)) for beyond, run in groupby(text, is_beyond))
    return "".join(f"‹{spell(run)}›" if beyond else run for beyond, run in runs)


def _points(run: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in run)


def _spelt(run: str) -> str:
    spelling: str = anyascii(run).strip()
    return spelling or _points(run)
