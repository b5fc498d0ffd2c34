"""Dates of which only the year, or the year and month, may be known.

Passports print "1990", "XX 05 1990" or "00/00/1990" for people whose birth was never registered to the
day (ICAO 9303 part 3 allows unknown parts), so a birth date is a PartialDate and never padded with an
invented first of January.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import total_ordering
from typing import ClassVar, Literal, Self

from babel.dates import format_date

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

OLDEST_YEAR = 1900  # no living person was born earlier; an older year is a slip of the finger

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb peb februari pebruari february",
            "mar mrt maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt ags agst agustus aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov nop november nopember",
            "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_TOKEN = re.compile(r"\d+|[a-z?*_<]+")
_UNKNOWN = re.compile(r"0+|[x?*_<]+")
_GAPS = re.compile(r"[\s./,\-\u2010-\u2015]+")


class PartialDateError(ValueError):
    """A date that cannot be taken: `code` names why, `message` is the sentence (an English msgid)."""

    code: ClassVar[str] = "invalid"
    message: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__(self.message)


class Unparsable(PartialDateError):
    """The text is not a date we can read."""

    code = "unparsable"
    message = N_("Write the date as 3 May 1990, 03/05/1990, May 1990 or only 1990.")


class Impossible(PartialDateError):
    """The text is a date, but no calendar has that day."""

    code = "impossible"
    message = N_("This day does not exist in the calendar. Please look at the document again.")


class Future(PartialDateError):
    """The date lies after today."""

    code = "future"
    message = N_("This date lies in the future. Please look at the document again.")


class TooOld(PartialDateError):
    """The year lies before 1900."""

    code = "too_old"
    message = N_("This year lies before 1900. Please look at the document again.")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year with, when known, its month and day. Sorts by the first day it may be, the vaguer first.

    Raises Impossible for a day no calendar has, or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.day is not None and self.month is None):
            raise Impossible
        if self.month is not None and not 1 <= self.month <= 12:
            raise Impossible
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month or 1)[1]:
            raise Impossible

    @classmethod
    def parse(cls, text: str, *, today: date | None = None, allow_future: bool = False) -> Self:
        """The date written in `text`, at the precision it has.

        Reads ISO, Indonesian day-first figures, Indonesian and English month names, eight digits
        (yyyymmdd or ddmmyyyy, `0000yyyy` too), and `00`, `XX`, `??` or `<<` for what is not known.
        `today` is the day after which a date is refused, unless `allow_future` (a permit's end).
        Raises Unparsable, Impossible, Future or TooOld.
        """
        year, month, day = _fields(_tokens(text))
        if year < OLDEST_YEAR:
            raise TooOld
        found = cls(year, month, day)
        if not allow_future and found.earliest > (today or _today()):
            raise Future
        return found

    @classmethod
    def kept(cls, text: str) -> Self:
        """The date that `str` wrote; a tenth of the work of `parse`."""
        return cls(*map(int, text.split("-")))

    @classmethod
    def of(cls, day: date) -> Self:
        """The calendar day as a PartialDate with all three parts."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How much is known: "year", "month" or "day"."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def earliest(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def agrees(self, other: PartialDate) -> bool:
        """Whether both can be the same day: equal in every part that both know."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def display(self, locale: str = "id") -> str:
        """The date in words of `locale` (a Babel or Django code): "3 Mei 1990", "Mei 1990" or "1990"."""
        pattern = {"year": "y", "month": "MMMM y", "day": "d MMMM y"}[self.precision]
        return format_date(self.earliest, pattern, locale=locale.replace("-", "_"))

    def __str__(self) -> str:
        """ISO 8601 at the precision known: "1990", "1990-05" or "1990-05-03". `parse` reads it back."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


def _today() -> date:
    """Today where the day begins first in Indonesia (WIT, UTC+9): a child born there this morning counts."""
    return datetime.now(timezone(timedelta(hours=9))).date()


def _tokens(text: str) -> list[str]:
    """The words and figures of `text`: unknown parts as "0", month names as "m5"; else Unparsable."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    plain = _TIME.sub("", plain).casefold()
    if _GAPS.sub("", _TOKEN.sub("", plain)):
        raise Unparsable
    tokens: list[str] = []
    for token in _TOKEN.findall(plain):
        if token in ("st", "nd", "rd", "th") and tokens:  # 3rd May
            continue
        if token in _MONTHS:
            token = f"m{_MONTHS[token]}"
        elif not token.isdigit() and not _UNKNOWN.fullmatch(token):
            raise Unparsable
        elif not token.isdigit():
            token = "0"
        tokens.append(token)
    return tokens


def _fields(tokens: list[str]) -> tuple[int, int | None, int | None]:
    """(year, month, day) of the tokens, day first unless the year stands first."""
    if len(tokens) == 1 and len(tokens[0]) == 8:
        return _eight_digits(tokens[0])
    years = [i for i, token in enumerate(tokens) if len(token) == 4 and token.isdigit() and token != "0000"]
    if len(years) != 1 or len(tokens) > 3 or any(len(token) > 4 for token in tokens):
        raise Unparsable
    rest = tokens[: years[0]] + tokens[years[0] + 1 :]
    if len(tokens) == 3 and years[0] == 1:  # a year in the middle is no order anybody writes
        raise Unparsable
    named = [token for token in rest if token.startswith("m")]
    if len(named) > 1:
        raise Unparsable
    if named:
        day = next((token for token in rest if token not in named), None)
        return _checked(tokens[years[0]], named[0][1:], day)
    if years[0]:  # day first: 03/05/1990, or 05/1990
        rest.reverse()
    return _checked(tokens[years[0]], *rest)


def _eight_digits(digits: str) -> tuple[int, int | None, int | None]:
    """yyyymmdd when that is a month of this age, else ddmmyyyy; from 1900 on no figure can be both."""
    if int(digits[:4]) >= OLDEST_YEAR and int(digits[4:6]) <= 12:
        return _checked(digits[:4], digits[4:6], digits[6:])
    return _checked(digits[4:], digits[2:4], digits[:2])


def _checked(
    year: str, month: str | None = None, day: str | None = None
) -> tuple[int, int | None, int | None]:
    """Figures with 0 for unknown as None; a day of an unknown month is Unparsable."""
    if any(len(part.lstrip("0")) > 2 for part in (month or "", day or "")):
        raise Unparsable
    known_month, known_day = int(month or 0) or None, int(day or 0) or None
    if known_day and not known_month:
        raise Unparsable
    return int(year), known_month, known_day
