"""A month as "2026-11", and when its return is due."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

DUE_DAY = 5  # practice; an office sets its own


class Timing(models.TextChoices):
    """The time axis of a return (rules.md section 2): four different things, never one percentage."""

    NOT_DUE = "not_due", _("not due yet")
    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
    SILENT = "silent", _("silent")


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month; `str()` gives "2026-11"."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month of "2026-11". Raises ValueError."""
        year, dash, number = text.partition("-")
        if not (dash and len(year) == 4 and len(number) == 2 and text.replace("-", "").isdecimal()):
            raise ValueError(text)
        date(int(year), int(number), 1)
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def before(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    @property
    def after(self) -> Month:
        return Month.of(self.last + timedelta(days=1))

    def due_on(self, due_day: int, grace_days: int = 0) -> date:
        """The last day on which the return is on time: `due_day` of the next month, and the days of grace."""
        return self.after.first + timedelta(days=due_day - 1 + grace_days)


def last_months(today: date, number: int) -> list[Month]:
    """The current month and those before it, the newest first."""
    months = [Month.of(today)]
    while len(months) < number:
        months.append(months[-1].before)
    return months


def timing(month: Month, signed_on: date | None, today: date, *, due_day: int, grace_days: int = 0) -> Timing:
    """Where a month's return stands in time, signed on a day or (None) not yet."""
    due = month.due_on(due_day, grace_days)
    if signed_on is not None:
        return Timing.ON_TIME if signed_on <= due else Timing.LATE
    return Timing.NOT_DUE if today <= due else Timing.SILENT
