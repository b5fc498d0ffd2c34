"""Dates as lists hold them: figures in either order, two-digit years, words, serial numbers of spreadsheets.

What another calendar counts is named and never converted: a wrong guess would make another person of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from timpora.registry.names import fold
from timpora.registry.partial_date import OLDEST_YEAR, PartialDate, PartialDateError, TooOld

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

Order = Literal["dmy", "mdy"]

REMEDIES = {
    "date_unreadable": N_("Write the date as 17/08/1990, 17 August 1990, 08/1990 or only 1990."),
    "date_impossible": N_("This day is in no calendar. Look at the document and write the date again."),
    "date_future": N_("This date lies in the future. Look at the document and write the date again."),
    "date_too_old": N_("This year lies before 1900. Look at the document and write the date again."),
    "date_hijri": N_("This looks like a year of the Hijri calendar. Write the date as the passport has it."),
    "date_buddhist": N_(
        "This looks like a year of the Buddhist calendar. Write the date as the passport has it."
    ),
    "date_other_calendar": N_("This month is of another calendar. Write the date as the passport has it."),
}

LONGEST = 120  # characters of a text that may be a date
HIJRI, BUDDHIST = range(1340, 1481), range(2500, 2601)  # A.D. 1921 to 2058, 1957 to 2057
SERIALS = range(10_000, 73_051)  # days since 30 December 1899: 1927 to 2099; fewer digits are a year
_EPOCH = date(1899, 12, 30)
_OTHER_MONTHS = re.compile(
    r"\b(muharr?am|safar|shafar|rabi ?ul ?\w+|jumadil? ?\w+|rajab|sya ?ban|shaban|ramad?h?an|sya?wal|shawwal"
    r"|[zd]u?l ?(k|q)a ?i?dah?|[zd]u?l ?hij\w+|suro?|sapar|(bakda )?mulud|rejeb|ruwah|pasa|poso|sawal"
    r"|sela|apit|besar)\b"
)
_ERAS = ((re.compile(r"\b(b ?e|พ ?ศ)\b"), "date_buddhist"), (re.compile(r"\b(a ?h|h)\b"), "date_hijri"))
_NOISE = re.compile(  # "until", "from" and the day's name before a date
    r"^(tanggal|tgl|per|sejak|mulai|s\s*/\s*d|s\.\s*d\.?|sampai( dengan)?|hingga|until"
    r"|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[\s.,:]*",
    re.IGNORECASE,
)
_OUR_ERA = re.compile(r"[\s,]+(m|masehi|ad|a\.d\.|ce)\.?$", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"[年月]|년|월")
_FIGURES = re.compile(r"(\d{1,2})\s*[./\-\u2010-\u2015 ]\s*(\d{1,2})\s*[./\-\u2010-\u2015 ]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})\W+([^\W\d]+)\W+(\d{2})|([^\W\d]+)\W+(\d{1,2})\W+(\d{2})")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_TYPED = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
_CODES = {
    "impossible": "date_impossible",
    "future": "date_future",
    "too_old": "date_too_old",
}  # of PartialDateError
_DIGITS = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DateFault:
    """Why a text gives no date: `code` is a key of REMEDIES."""

    code: str

    @property
    def remedy(self) -> str:
        """What to do, an English msgid."""
        return REMEDIES[self.code]


def read_date(
    text: str, order: Order = "dmy", *, today: date | None = None, future: bool = False
) -> PartialDate | DateFault:
    """The date of a cell at the precision it has, or what is wrong with it. Never raises.

    `order` is that of figures alone. `future` tells that days after `today` are no fault (a permit's end).
    Two digits are the last such year up to this one, or with `future` the one nearest to this year.
    """
    return _read(text[:LONGEST], order, today or current_day(), future)


@lru_cache(maxsize=20_000)  # the days of a list's papers repeat
def _read(text: str, order: Order, now: date, future: bool) -> PartialDate | DateFault:
    plain = _plain(text)
    if other := _other_calendar(plain):
        return DateFault(other)
    try:
        found = _figures(plain, order, now, future)
        if found is None:
            return PartialDate.parse(_worded(plain, now, future), today=now, allow_future=future)
    except PartialDateError as fault:
        return DateFault(_CODES.get(fault.code, "date_unreadable"))
    except (ValueError, OverflowError):
        return DateFault("date_unreadable")
    return DateFault("date_future") if found.earliest > now and not future else found


def order_of(texts: Iterable[str]) -> tuple[Order, str]:
    """The order of a column's figures and how sure that is: "", "date_order_assumed" or "date_order_mixed".

    A first figure over 12 anywhere says day first, a second one month first. Where nothing says so it is
    day first as Indonesia writes, and where both do, too: then the others can't be read, and are named.
    """
    first = second = figures = False
    for text in texts:
        if (found := _FIGURES.fullmatch(_plain(text[:LONGEST]))) and int(found[1]) != int(found[2]):
            figures = True
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    if second:
        return ("dmy", "date_order_mixed") if first else ("mdy", "")
    return "dmy", "date_order_assumed" if figures and not first else ""


def perhaps_swapped(texts: Iterable[str]) -> bool:
    """Whether a spreadsheet may have swapped days and months: typed dates of days up to 12, the rest text.

    A program set to American dates takes 03/05/1990 for 5 March and leaves 17/08/1990 as text.
    """
    typed: list[int] = []
    written: list[int] = []
    for text in texts:
        plain = _plain(text[:LONGEST])
        if _TYPED.fullmatch(plain):
            typed.append(int(plain[8:10]))
        elif found := _FIGURES.fullmatch(plain):
            written.append(int(found[1]))
    return len(typed) > 2 and max(typed) <= 12 and bool(written) and min(written) > 12


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    """The text with figures of every script as 0 to 9, without a day's name or "until" before it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    if _EAST_ASIAN.search(plain):
        plain = _EAST_ASIAN.sub("-", plain).replace("日", "").replace("일", "").replace(" ", "").strip("-")
    while said := _NOISE.match(plain):
        plain = plain[said.end() :]
    return _OUR_ERA.sub("", plain.strip(" ,;:"))


def _other_calendar(plain: str) -> str:
    """The code of the calendar that is not ours, "" for ours."""
    folded = fold(plain) if any(map(str.isalpha, plain)) else ""
    if _OTHER_MONTHS.search(folded):
        return "date_other_calendar"
    for era, code in _ERAS:
        if era.search(folded) and _DIGITS.search(folded):
            return code
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", plain)]
    if any(year in HIJRI for year in years):
        return "date_hijri"
    return "date_buddhist" if any(year in BUDDHIST for year in years) else ""


def _figures(plain: str, order: Order, today: date, future: bool) -> PartialDate | None:
    """The date of three figures with the year last, None for any other text. 00 is an unknown part."""
    found = _FIGURES.fullmatch(plain)
    if found is None:
        return None
    day, month = (int(found[i]) for i in ((1, 2) if order == "dmy" else (2, 1)))
    year = int(_year(found[3], today, future))
    if 0 < year < OLDEST_YEAR:
        raise TooOld
    if not year or (day and not month):
        raise PartialDateError
    return PartialDate(year, month or None, day or None)


def _worded(plain: str, today: date, future: bool) -> str:
    """The text as PartialDate reads it, with all digits of its year."""
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in SERIALS:
        return (_EPOCH + timedelta(days=int(serial[1]))).isoformat()
    if found := _WORDS.fullmatch(plain):
        day, month, year = (found[i] or found[j] for i, j in ((1, 5), (2, 4), (3, 6)))
        return f"{day} {month} {_year(year, today, future)}"
    return plain


def _year(digits: str, today: date, future: bool) -> str:
    if len(digits) == 4:
        return digits
    years = range(int(digits) + 1900, 2200, 100)
    if future:
        return str(min(years, key=lambda year: abs(year - today.year)))
    return str(max(year for year in years if year <= max(today.year, 1999)))


def current_day() -> date:
    """Today where the day begins first in Indonesia (WIT, UTC+9)."""
    return datetime.now(timezone(timedelta(hours=9))).date()
