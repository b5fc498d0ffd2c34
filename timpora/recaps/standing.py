"""Where a village's month stands on two axes, content and time: never one percentage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from timpora.areas.codes import Level, at, under
from timpora.areas.models import Area, Jurisdiction
from timpora.recaps.models import Return, monthly_return
from timpora.recaps.month import DUE_DAY, Month, Timing, timing
from timpora.recaps.unconfirmed import local_day
from timpora.team.models import Mandate
from timpora.team.roles import Tier


@dataclass(frozen=True)
class Standing:
    """One village's month: its content, where it stands in time, when it is or was due."""

    area: Area
    month: Month
    content: str
    timing: Timing
    due_on: date
    asked: bool = True  # False before anybody there held a post: nobody answers for that time

    @property
    def is_late(self) -> bool:
        return self.answered and self.timing == Timing.LATE

    @property
    def answered(self) -> bool:
        return self.content in (Return.Content.NIL, Return.Content.WITH_DATA)

    @property
    def word(self) -> str:
        """The one of the columns it stands in: with_data, nil, excused, silent, not_due or not_asked."""
        if self.content != Return.Content.NONE:
            return self.content
        return str(self.timing) if self.asked else "not_asked"


def standings(areas: Iterable[Area], months: Iterable[Month]) -> dict[str, dict[Month, Standing]]:
    """Every village's months by its code, in three queries however many there are."""
    villages, wanted = list(areas), list(months)
    codes = {area.pk for area in villages}
    rows = Return.objects.latest().filter(month__in=[str(month) for month in wanted])
    # One village is asked by its code; many by what they have in common, which is a shorter question.
    rows = (
        rows.filter(area__in=codes)
        if len(codes) <= 100
        else rows.filter(under("area", {c[:5] for c in codes}))
    )
    given = {(row.area_id, row.month): row for row in rows}
    regencies = {code[:5] for code in codes}
    due, begun = _due_days(regencies), monthly_return.begun(regencies)
    return {
        area.pk: {
            month: _standing(area, month, given.get((area.pk, str(month))), due, begun) for month in wanted
        }
        for area in villages
    }


def _due_days(regencies: Iterable[str]) -> dict[str, tuple[int, int]]:
    held = Jurisdiction.objects.live().filter(area__in=list(regencies))
    return {
        code: (due, grace)
        for code, due, grace in held.values_list("area", "office__due_day", "office__grace_days")
    }


def _standing(
    area: Area, month: Month, given: Return | None, due: dict[str, tuple[int, int]], begun: dict[str, date]
) -> Standing:
    due_day, grace = due.get(at(Level.REGENCY, area.pk) or "", (DUE_DAY, 0))
    signed_on = given.signed_on if given else None
    where = timing(month, signed_on, local_day(area.pk), due_day=due_day, grace_days=grace)
    content = given.content if given else Return.Content.NONE
    first = begun.get(area.pk[:5])
    asked = first is not None and first <= month.last
    return Standing(area, month, content, where, month.due_on(due_day, grace), asked)


def first_of(area: Area, month: Month) -> Standing:
    """Where one village's month stands."""
    return standings([area], [month])[area.pk][month]


def awaiting(mandate: Mandate) -> list[Standing]:
    """The months a village is still to answer: last month, and this one from its last day on."""
    area = mandate.post.area
    if mandate.tier != Tier.VILLAGE or area is None:
        return []
    today = mandate.post.today
    month = Month.of(today)
    months = [month.before, *([month] if today == month.last else [])]
    found = standings([area], months)[area.pk]
    return [each for each in found.values() if each.content == Return.Content.NONE]
