"""The counts of a place: the number first, then its parts, then its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from timpora.areas import clocks
from timpora.areas.models import office_of
from timpora.ledger import book
from timpora.recaps import moments, table
from timpora.recaps.forms import MomentForm
from timpora.recaps.month import last_months
from timpora.recaps.places import Place, UnknownPlace, place_of
from timpora.recaps.reach import above, own_place
from timpora.recaps.showing import Showing, Shown
from timpora.recaps.views import wording
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role

LISTING = (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)  # who reads the names behind "known by list"
PICKED = 4  # ends of months offered beside the free choice of a day


@dataclass(frozen=True)
class Asked:
    """What a request asks: a place, a day and a moment, and what its mandate is shown of them."""

    form: MomentForm
    shown: Shown

    @classmethod
    def of(cls, request: MandatedRequest, code: str) -> Asked:
        """Raises Http404 for a place that does not exist, or not for this mandate."""
        try:
            place = place_of(code)
        except UnknownPlace:
            raise Http404 from None
        form = MomentForm(request.GET, place=place)
        when = form.cleaned_data if form.is_valid() else {}
        shown = Showing(request.mandate, when.get("on"), when.get("known")).of(place)
        if shown is None:
            raise Http404
        return cls(form, shown)

    @property
    def place(self) -> Place:
        return self.shown.place

    @property
    def context(self) -> dict[str, Any]:
        """What the page and the printed sheet both say."""
        when = self.form.cleaned_data if self.form.is_valid() else {}
        on, known = when.get("on"), when.get("known")
        zone = moments.zone_of(self.place)
        return {
            "place": self.place,
            "shown": self.shown,
            "on": on,
            "known": known and timezone.localtime(known, zone),
            "day": on or timezone.localdate(known, zone) if known or on else moments.latest_day(self.place),
            "sentence": wording.sentence(self.shown),
            "zone": zone,
            "clock": clocks.LABELS[zone.key],
            "caption": wording.PARTS.get(self.place.level, ("", ""))[0],
            "head": wording.PARTS.get(self.place.level, ("", ""))[1],
            "most": max((row.people or 0 for row in self.shown.rows), default=0),
        }


@mandate_required()
@require_safe
def own(request: MandatedRequest) -> HttpResponse:
    """Leads to the place of the acting mandate."""
    return redirect("recaps:counts", own_place(request.mandate))


@mandate_required()
@require_safe
def counts(request: MandatedRequest, code: str) -> HttpResponse:
    """A place's number, parts, proof and what stands behind it; of a past day where one is asked for."""
    asked = Asked.of(request, code)
    sort = request.GET.get("sort", "")
    months = [month.last for month in last_months(moments.latest_day(asked.place), PICKED + 1)[1:]]
    context = asked.context | {
        "form": asked.form,
        "above": above(asked.place),
        "sort": sort,
        "months": months,
        "rows": table.ordered(asked.shown.rows, sort),
        "moment": moment_of(request) if asked.form.is_valid() else "",
        "listed": asked.shown.whole and request.mandate.role in LISTING,
    }
    return render(request, "recaps/counts.html", context, status=200 if asked.form.is_valid() else 400)


def moment_of(request: MandatedRequest) -> str:
    """The day and moment of the request, to be kept on links to other places."""
    kept = request.GET.copy()
    for name in set(kept) - {"on", "known"}:
        del kept[name]
    return f"?{kept.urlencode()}" if any(kept.values()) else ""


@mandate_required()
@require_GET
def export(request: MandatedRequest, code: str, kind: str) -> HttpResponse:
    """The table as CSV or XLSX, as the mandate sees it; noted in the ledger."""
    asked = Asked.of(request, code)
    if not asked.form.is_valid():
        return counts(request, code)  # which says what is wrong with the day
    columns, rows = table.sheet(asked.shown)
    body, content_type = table.FORMATS[kind](columns, rows)
    with book.writing():
        book.record(
            "counts.exported",
            by=request.mandate,
            area=ledger_area(asked.place),
            subject=f"counts:{code}",
            fields=(kind,),
        )
    counted = _("counts")
    name = f"{counted}-{code}-{asked.context['day']:%Y-%m-%d}.{kind}"
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


@mandate_required()
@require_GET
def printed(request: MandatedRequest, code: str) -> HttpResponse:
    """The page for paper, with the office's letterhead and a box to sign; noted in the ledger."""
    asked = Asked.of(request, code)
    if not asked.form.is_valid():
        return counts(request, code)
    post = request.mandate.post
    office = post.office or office_of(post.area_id or "ID")
    with book.writing():
        book.record(
            "counts.printed", by=request.mandate, area=ledger_area(asked.place), subject=f"counts:{code}"
        )
    context = asked.context | {
        "letterhead": office.letterhead_lines if office else [],
        "city": office.city if office else "",
        "moment": moment_of(request),
        "rows": table.ordered(asked.shown.rows, request.GET.get("sort", "")),
        "made_at": timezone.now(),
        "signer": request.mandate,
    }
    return render(request, "recaps/counts_print.html", context)


def ledger_area(place: Place) -> str:
    """The area a ledger entry names: an office's province."""
    return place.code if not place.is_office else place.codes[0][:2] if place.codes else ""
