"""What is due by the calendar: a village's return, and above it the villages that have not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.areas.codes import Level
from timpora.areas.models import Area, office_of
from timpora.desk.doors import address
from timpora.recaps import standing
from timpora.recaps.models import Return
from timpora.recaps.month import DUE_DAY, Month
from timpora.recaps.standing import Standing
from timpora.team.models import Mandate
from timpora.team.roles import Tier


class Due(NamedTuple):
    """One line of what is due; `kind` colours the badge."""

    sentence: str
    href: str
    step: str
    badge: str
    kind: str


def returns_due(mandate: Mandate) -> Iterator[Due]:
    """The return a village owes, or how many villages of a higher tier's area are silent about last month."""
    if mandate.tier == Tier.VILLAGE:
        begun = _begun(mandate)
        yield from (_own(mandate, each) for each in standing.awaiting(mandate) if begun <= each.month.last)
    elif mandate.tier is not None:
        yield from _silent(mandate)


def month_to_answer(mandate: Mandate) -> Month | None:
    """The village's oldest of last and this month that has no return yet; None when both have one.

    Last month is asked only of a post that was held then: nobody answers for the time before the first day.
    """
    this = Month.of(mandate.post.today)
    said = set(Return.objects.latest().filter(area=mandate.post.area_id).values_list("month", flat=True))
    if str(this.before) not in said and _begun(mandate) <= this.before.last:
        return this.before
    return this if str(this) not in said else None


def last_day(month: Month, area: str) -> date:
    """The last day on which a month's return of an area is on time."""
    office = office_of(area)
    return month.due_on(office.due_day, office.grace_days) if office else month.due_on(DUE_DAY)


def name_of(month: Month) -> str:
    return date_format(month.first, "F Y")


def _begun(mandate: Mandate) -> date:
    """The day on which the mandate's post was first held."""
    first: date = mandate.post.mandates.order_by("since").values_list("since", flat=True)[0]
    return first


def _own(mandate: Mandate, due: Standing) -> Due:
    left = (due.due_on - mandate.post.today).days
    words = {"month": name_of(due.month), "day": date_format(due.due_on, "j F")}
    badge = _("late") if left < 0 else ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return Due(
        _("The return for %(month)s, by %(day)s") % words,
        address("recaps:return", mandate.post.area_id, str(due.month)),
        _("Answer the return"), badge, "late" if left < 0 else "calm",
    )  # fmt: skip


def _silent(mandate: Mandate) -> Iterator[Due]:
    month = Month.of(mandate.post.today).before
    villages = Area.objects.under(mandate.codes).live().filter(level=Level.VILLAGE)
    said = (
        Return.objects.latest().visible_to(mandate).filter(month=str(month)).values("area").distinct().count()
    )
    missing = villages.count() - said
    if missing <= 0 or not mandate.codes:
        return
    late = last_day(month, mandate.codes[0]) < mandate.post.today
    sentence = ngettext(
        "%(n)s village has not answered for %(month)s",
        "%(n)s villages have not answered for %(month)s",
        missing,
    ) % {"n": number_format(missing, force_grouping=True), "month": name_of(month)}
    badge, kind = (_("silent"), "silent") if late else (_("not due yet"), "calm")
    yield Due(sentence, address("recaps:returns"), _("See who is silent"), badge, kind)
