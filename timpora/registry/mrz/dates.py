"""Dates of six characters as ISO text, with the century they lack.

Source: ICAO Doc 9303 part 3, section 3.8 and 4.8: YYMMDD, "<<" for a part that is not known.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Literal

Century = Literal["", "only", "younger"]


def birth(raw: str, today: date) -> tuple[str, Century] | None:
    """("1974-08-12", why this century); "" for an unknown date, None for one that no calendar has.

    "only": the other century has not come yet. "younger": both could be, and few people live to be 100.
    """
    parts = _parts(raw)
    if parts is None or parts == (None, None, None):
        return None if parts is None else ("", "")
    year, month, day = parts
    assert year is not None
    has_come = (2000 + year, month or 1, day or 1) <= (today.year, today.month, today.day)
    text = _iso(year + (2000 if has_come else 1900), month, day)
    return None if text is None else (text, "younger" if has_come else "only")


def expiry(raw: str, today: date) -> str | None:
    """The last day as ISO text, in the century within fifty years of today; "" if there is none."""
    parts = _parts(raw)
    if parts is None or parts[0] is None:
        return None if parts is None else ""
    year = 2000 + parts[0]
    return _iso(year - 100 if year > today.year + 49 else year, parts[1], parts[2])


def _parts(raw: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month and day; None for a part of fillers or of zeros, and for a day without its month."""
    pairs = raw[:2], raw[2:4], raw[4:]
    if any(not pair.isdigit() and pair != "<<" for pair in pairs):
        return None
    year = None if pairs[0] == "<<" else int(pairs[0])
    month, day = (int(pair.replace("<", "0")) or None for pair in pairs[1:])
    if year is None:
        return (None, None, None) if month is None and day is None else None
    return year, month, day if month else None


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if month is None:
        return str(year)
    if month > 12 or (day or 1) > calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
