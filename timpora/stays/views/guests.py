"""The guests of an area for its officers (GET), and what hotels' systems send (POST)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.stays import shown
from timpora.stays.models import Guest, Stay
from timpora.stays.views.machine import received
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING

A_PAGE = 50


@csrf_exempt  # a POST carries a token and no session; nothing else is done by it
@never_cache
def stays(request: HttpRequest) -> HttpResponse:
    """Officers read; a lodging's own system sends."""
    return received(request) if request.method == "POST" else here(request)


@mandate_required(*WORKING)
def here(request: MandatedRequest) -> HttpResponse:
    """The guests who are here today, as far as the mandate sees a resident; that they were read is noted."""
    mandate, area = request.mandate, _area(request)
    found = Stay.objects.visible_to(mandate).here().with_all()
    code = area.pk if area else mandate.post.area_id or ""
    if area is not None:
        found = found.filter(under("lodging__area", [area.pk]))
    page = Paginator(found.order_by("lodging__area", "lodging__name", "-arrived_on", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    with book.writing():
        book.record("guests.opened", by=mandate, area=code, subject=f"area:{code}" if code else "")
    visitors = set(Guest.objects.visitors(*mandate.codes).values_list("stay", flat=True))
    context = {
        "page": page, "guests": shown.guests(page, mandate), "area": area, "visitors": visitors,
        "sight": mandate.sight,
    }  # fmt: skip
    return render(request, "stays/list.html", context)


def _area(request: MandatedRequest) -> Area | None:
    """The place asked for; 404 where it is none, or not of this mandate."""
    code = request.GET.get("area", "")
    if not code:
        return None
    area: Area = get_object_or_404(Area.objects.with_line(), pk=code)
    if not request.mandate.reaches(area.pk):
        raise Http404
    return area
