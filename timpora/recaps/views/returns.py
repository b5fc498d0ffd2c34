"""Who has answered for a month and who has not: content and time apart, never one percentage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from timpora.areas.codes import Level
from timpora.areas.models import Area
from timpora.recaps.month import Month, last_months
from timpora.recaps.places import Place, UnknownPlace, place_of
from timpora.recaps.reach import Reach, above, own_place, reach
from timpora.recaps.standing import Standing, standings
from timpora.recaps.unconfirmed import local_day
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING

A_YEAR = 12
BESIDE = 6  # months beside each other in a district's table


@dataclass
class Line:
    """A part of a place, and how many of its villages stand at each word; "late" and "all" beside them."""

    code: str
    name: str
    numbers: Counter[str] = field(default_factory=Counter)

    def note(self, standing: Standing) -> None:
        self.numbers[standing.word] += 1
        self.numbers["late"] += standing.is_late
        self.numbers["all"] += 1


@mandate_required(*WORKING)
@require_safe
def own(request: MandatedRequest) -> HttpResponse:
    """Leads to the returns of the acting mandate's place."""
    return redirect("recaps:returns", own_place(request.mandate))


@mandate_required(*WORKING)
@require_safe
def returns(request: MandatedRequest, code: str) -> HttpResponse:
    """A village's months, a district's villages by month, or a higher tier's parts in one month."""
    try:
        place = place_of(code)
    except UnknownPlace:
        raise Http404 from None
    if reach(request.mandate, place) != Reach.WHOLE or not place.codes:
        raise Http404
    today = local_day(place.codes[0])
    month = _month(request, today)
    context = {
        "place": place,
        "newest": Month.of(today),
        "above": [step for step in above(place) if _within(request, step[0])],
        "month": month,
        "months": last_months(today, A_YEAR),
    }
    if place.level == Level.VILLAGE:
        area = Area.objects.get(code=code)
        found = standings([area], context["months"])[code]  # type: ignore[arg-type]
        return render(request, "recaps/returns_village.html", context | {"standings": list(found.values())})
    pages = {Level.DISTRICT: ("recaps/returns_district.html", _district)}
    template, of = pages.get(place.level or Level.REGENCY, ("recaps/returns_tier.html", _tier))
    return render(request, template, context | of(place, month))


def _month(request: MandatedRequest, today: Any) -> Month:
    """The month asked for, last month unless another is; 404 for one that has not come."""
    try:
        month = Month.parse(request.GET.get("month") or str(Month.of(today).before))
    except ValueError:
        raise Http404 from None
    if month > Month.of(today):
        raise Http404
    return month


def _within(request: MandatedRequest, code: str) -> bool:
    """Whether the returns of a place above are the mandate's to see."""
    return request.mandate.reaches(code) or code == request.mandate.post.office_id


def _villages(place: Place) -> list[Area]:
    return list(Area.objects.under(place.codes).live().filter(level=Level.VILLAGE).order_by("code"))


def _district(place: Place, month: Month) -> dict[str, Any]:
    """Each village with the months up to `month`, and the sums of that month."""
    months = last_months(month.first, BESIDE)
    villages = _villages(place)
    found = standings(villages, months)
    whole = Line(place.code, place.name)
    for area in villages:
        whole.note(found[area.pk][month])
    rows = [(area, list(found[area.pk].values())) for area in villages]
    return {"rows": rows, "columns": months, "whole": whole}


def _tier(place: Place, month: Month) -> dict[str, Any]:
    """Each part with its villages' sums of the month."""
    lines = {part.codes[0]: Line(part.codes[0], part.name) for part in place.parts}
    length = len(next(iter(lines), ""))
    whole = Line(place.code, place.name)
    for standing in _standings(place, month):
        whole.note(standing)
        if standing.area.pk[:length] in lines:
            lines[standing.area.pk[:length]].note(standing)
    return {"lines": [line for line in lines.values() if line.numbers["all"]], "whole": whole}


def _standings(place: Place, month: Month) -> Iterable[Standing]:
    return (found[month] for found in standings(_villages(place), [month]).values())
