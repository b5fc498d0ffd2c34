"""The lodgings of an area: opened, their hosts invited, closed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger.refusal import Refusal
from timpora.stays.forms.lodging import HostForm, LodgingForm
from timpora.stays.models import KEEPERS, Lodging
from timpora.stays.views.answers import FORM, kept, see_other
from timpora.stays.views.receipts import notice_of
from timpora.team import mailing
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms.refused import attempted
from timpora.team.models import Mandate
from timpora.team.roles import WORKING
from timpora.team.views.invitations import mailed
from timpora.team.views.slips import printed

A_PAGE = 50


@mandate_required(*WORKING)
@require_safe
def lodgings(request: MandatedRequest) -> HttpResponse:
    """The lodgings of the mandate's area."""
    found = Lodging.objects.visible_to(request.mandate).with_places().order_by("closed_at", "area", "name")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stays/lodgings.html", {"page": page, "keeper": request.mandate.role in KEEPERS})


@mandate_required(*KEEPERS)
@never_cache
@require_http_methods(FORM)
def new(request: MandatedRequest) -> HttpResponse:
    """Opens a lodging; then its host is invited."""
    form = LodgingForm(request.POST or None, by=request.mandate, label_suffix="")
    if form.is_bound and form.is_valid():
        opened = attempted(form, form.open)
        if opened is not None:
            return see_other("stays:lodging", opened.pk)
    return render(request, "stays/new_lodging.html", {"form": form}, status=400 if form.is_bound else 200)


@mandate_required(*WORKING)
@never_cache
@require_safe
def lodging(request: MandatedRequest, number: int) -> HttpResponse:
    """One lodging: where it is, who answers for it."""
    found = get_object_or_404(Lodging.objects.visible_to(request.mandate).with_places(), pk=number)
    return _page(request, found, HostForm(label_suffix=""))


def _page(request: MandatedRequest, found: Lodging, form: HostForm, status: int = 200) -> HttpResponse:
    serving = Mandate.objects.standing().with_places().filter(post=found.post_id).order_by("kind", "pk")
    context = {
        "lodging": found, "keeper": request.mandate.role in KEEPERS, "serving": serving, "form": form,
        "here": found.stays.here().count(),
    }  # fmt: skip
    return render(request, "stays/lodging.html", context, status=status)


@require_POST
@mandate_required(*KEEPERS)
@never_cache
def invitation(request: MandatedRequest, number: int) -> HttpResponse:
    """Invites a host: the slip to hand over, or the invitation by e-mail."""
    found = kept(request, number)
    form = HostForm(request.POST, label_suffix="")
    if form.is_valid():
        granted = attempted(form, found.invite, by=request.mandate, **form.cleaned_data)
        if granted is not None:
            way = mailed if mailing.reaches(granted.user) else printed
            return way(request, [granted.user], reverse("stays:lodging", args=[found.pk]))
    return _page(request, found, form, 400)


@require_POST
@mandate_required(*KEEPERS)
def closure(request: MandatedRequest, number: int) -> HttpResponse:
    """Closes a lodging: its hosts and tokens are out with the next request."""
    found = kept(request, number)
    try:
        found.close(by=request.mandate)
    except Refusal as refusal:
        form = HostForm(label_suffix="")
        return _page(request, kept(request, number), form, refusal.status)
    return see_other("stays:lodging", found.pk)


@mandate_required(*WORKING)
@require_safe
def notice(request: MandatedRequest, number: int) -> HttpResponse:
    """The notice for a lodging's desk."""
    found = get_object_or_404(Lodging.objects.visible_to(request.mandate).with_places(), pk=number)
    return notice_of(request, found)
