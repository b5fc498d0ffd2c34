"""What a lodging is given: the receipt of its guests' data, and the notice for its desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.areas.models import office_of
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.stays import receipt, shown
from timpora.stays.models import Lodging, Sending
from timpora.stays.views.answers import HOST, door, own_lodging, see_other
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required(*HOST)
@never_cache
@require_safe
def sending(request: MandatedRequest, number: int) -> HttpResponse:
    """Who came in at once, with the way to the receipt."""
    return _page(request, _own(request, number))


def _page(request: MandatedRequest, found: Sending, refusal: Refusal | None = None) -> HttpResponse:
    guests = shown.guests(found.stays, request.mandate)
    context = {"sending": found, "lodging": found.lodging, "guests": guests, "refusal": refusal}
    return render(request, "stays/sending.html", context, status=refusal.status if refusal else 200)


def _own(request: MandatedRequest, number: int) -> Sending:
    mine = Sending.objects.visible_to(request.mandate)
    found: Sending = get_object_or_404(
        mine.select_related("lodging__area", "lodging__post__area", "paper"), pk=number
    )
    return found


def _refused(request: Any, refusal: Refusal, number: int) -> HttpResponse:
    return _page(request, _own(request, number), refusal)


@require_POST
@mandate_required(*HOST)
@refusals_to(_refused)
def paper(request: MandatedRequest, number: int) -> HttpResponse:
    """Issues the receipt at the first asking, and leads to its PDF."""
    issued = receipt.issue(_own(request, number), by=request.mandate, door=door(request))
    return see_other("papers:paper", issued.pk)


@mandate_required(*HOST)
@require_safe
def own_notice(request: MandatedRequest) -> HttpResponse:
    """The notice for the lodging's own desk."""
    return notice_of(request, own_lodging(request.mandate))


def notice_of(request: MandatedRequest, lodging: Lodging) -> HttpResponse:
    """One A4 sheet in both languages that says what the law asks, and nothing more."""
    office = office_of(lodging.area_id)
    context = {"lodging": lodging, "letterhead": office.letterhead_lines if office else [], "office": office}
    return render(request, "stays/notice.html", context)
