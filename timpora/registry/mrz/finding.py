"""Which characters of a text are a zone: among other lines, broken, spaced, with fillers miscounted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .digits import AS_LETTER, FILLER
from .layout import FORMATS, Format

LONGEST, LINES = 4000, 40  # characters and lines of a text that are looked at
_BREAK = re.compile(r"[\r\n]+")
_OTHER = re.compile(r"[^A-Z0-9<]")
# What phones and readers write for fillers.
_FILLERS = str.maketrans({"«": "<<", "≪": "<<", "‹": "<", "〈": "<", "＜": "<", "≤": "<"})
_LAST_RUN = re.compile(r"(.*[^<])<{2,}([^<]{1,2})")


def lines_of(text: str) -> list[str]:
    """The lines of a text, each only of characters that a zone has."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].translate(_FILLERS)).upper()
    return [line for each in _BREAK.split(plain) if (line := _OTHER.sub("", each))][:LINES]


def candidates(lines: list[str]) -> Iterator[tuple[Format, str, bool]]:
    """(format, all its characters, whether nothing was added or left out), in the order to be tried."""
    joined = "".join(lines)
    for form in FORMATS.values():
        for at in range(len(lines) - form.rows + 1):
            rows = lines[at : at + form.rows]
            fitted = [_fitted(line, form, row) for row, line in enumerate(rows)]
            if None not in fitted and _begins_like(form, found := "".join(map(str, fitted))):
                yield form, found, fitted == rows
        for line in [*lines, joined]:
            if len(line) == form.size and _begins_like(form, line):
                yield form, line, True


def _fitted(line: str, form: Format, row: int) -> str | None:
    """The line at its full length: a run of fillers grows or shrinks, which no one counts by eye."""
    width = form.width
    if len(line) == width:
        return line
    ends_in_digit = form.composite is not None and form.composite // width == row
    if not ends_in_digit:
        short = line.rstrip(FILLER)
        return short.ljust(width, FILLER) if 5 < len(short) <= width else None
    run = _LAST_RUN.fullmatch(line)
    if run is None or (room := width - len(run[1]) - len(run[2])) < 1:
        return None
    return run[1] + FILLER * room + run[2]


def _begins_like(form: Format, found: str) -> bool:
    """Whether the first line names a kind of document and a state, as every format's does."""
    first = "".join(AS_LETTER.get(sign, sign) for sign in found[:5])
    is_visa = form.name.startswith("MRV")
    return first[0] in ("V" if is_visa else "ACIP") and not re.search(r"[0-9]", first) and first[2] != FILLER
