"""How a paper's number is written from an office's pattern. Pure, no Django.

A pattern is data: "{n}/{series}/TIMPORA/{office}/{roman_month}/{year}". "{n:04}" fills up with noughts.
"""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

DEFAULT = "{n}/{series}/TIMPORA/{office}/{roman_month}/{year}"
LONGEST = 100  # characters of a pattern; a footer has room for the number
WHOLE, WORDS = ("n", "month", "year"), ("series", "office", "roman_month")
NEEDED = {"n", "year"}  # without them two papers would bear one number
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WIDTH = re.compile(r"(0[1-9])?", re.ASCII)


def is_pattern(text: str) -> bool:
    """Whether `text` can be a pattern: known parts, each once, and those that keep numbers apart."""
    try:
        pieces = [piece for piece in Formatter().parse(text) if piece[1] is not None]
    except ValueError:
        return False
    names = [str(name) for _text, name, _width, _conversion in pieces]
    if not set(names) >= NEEDED or len(names) > len(set(names)):
        return False
    fit = all(_is_part(str(name), width or "", conversion) for _text, name, width, conversion in pieces)
    return fit and len(text) <= LONGEST and text.isprintable()


def _is_part(name: str, width: str, conversion: str | None) -> bool:
    if conversion:
        return False
    return bool(_WIDTH.fullmatch(width)) if name in WHOLE else name in WORDS and not width


def written(pattern: str, *, n: int, series: str, office: str, on: date) -> str:
    """The number in words of the pattern: "7/TT/TIMPORA/KANIM-SEMARANG/XI/2026"."""
    roman = ROMAN[on.month - 1]
    said = {"series": series, "office": office.upper(), "roman_month": roman}
    return pattern.format(n=n, month=on.month, year=on.year, **said)
