"""The desk of a lodging: who comes in, and who was here."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from timpora.ledger.refusal import Refusal
from timpora.stays import shown
from timpora.stays.forms.guest import Group
from timpora.stays.models import GuestRefused, Lodging, Sending, Stay
from timpora.stays.views.answers import FORM, HOST, own_lodging, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal

A_PAGE = 50


@mandate_required(*HOST)
@never_cache
@require_http_methods(FORM)
def new(request: MandatedRequest) -> HttpResponse:
    """Checks in one guest, or all who come together; "another guest" only adds to the form."""
    lodging = own_lodging(request.mandate)
    group = Group(request.POST or None, lodging.today)
    if "more" in request.POST or "fewer" in request.POST:
        group = group.with_another(1 if "more" in request.POST else -1)
        return _page(request, lodging, group)
    if request.method != "POST":
        return _page(request, lodging, group)
    if group.is_valid() and (sending := _received(request, group)) is not None:
        return see_other("stays:sending", sending.pk)
    return _page(request, lodging, group, status=409 if lodging.closed_at else 400)


def _received(request: MandatedRequest, group: Group) -> Sending | None:
    """What was taken in; None where a guest can't be, and the form then says which and why."""
    try:
        received: Sending = Sending.objects.receive(group.arrivals(), by=request.mandate)
        return received
    except GuestRefused as refusal:
        form = group.days if refusal.field in group.days.fields else group.guests[refusal.number]
        add_refusal(form, refusal)
    except Refusal as refusal:
        add_refusal(group.days, refusal)
    return None


def _page(request: MandatedRequest, lodging: Lodging, group: Group, status: int = 200) -> HttpResponse:
    context = {"lodging": lodging, "group": group}
    return render(request, "stays/new.html", context, status=status)


@mandate_required(*HOST)
@never_cache
@require_safe
def past(request: MandatedRequest) -> HttpResponse:
    """Everybody the lodging has entered, the newest first."""
    lodging = own_lodging(request.mandate)
    stays = Stay.objects.believed().filter(lodging=lodging).with_all().order_by("-arrived_on", "-pk")
    page = Paginator(stays, A_PAGE).get_page(request.GET.get("page"))
    context = {"lodging": lodging, "page": page, "guests": shown.guests(page, request.mandate)}
    return render(request, "stays/past.html", context)
