"""The records that lists rest on: all of them, a new one, one with its end."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.exchange.forms import ReasonForm, SharingForm
from timpora.exchange.lists.kinds import GUESTS
from timpora.exchange.models import Sharing
from timpora.exchange.models.sharing import AGREEING, LISTING, may_agree
from timpora.exchange.views.answers import see_other
from timpora.exchange.words import field, kind
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required(*LISTING)
@require_safe
def sharings(request: MandatedRequest) -> HttpResponse:
    """The records that concern the mandate, newest first."""
    mandate = request.mandate
    found = Sharing.objects.visible_to(mandate).select_related("giver", "office")
    rows = [(each, kind(each.kind), each.in_force(mandate.post.today)) for each in found]
    return render(request, "exchange/sharings.html", {"rows": rows, "may_agree": may_agree(mandate)})


@mandate_required(*AGREEING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MandatedRequest) -> HttpResponse:
    """The form of a new record."""
    if not may_agree(request.mandate):
        raise Http404
    form = SharingForm(request.POST or None, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            return see_other("exchange:sharing", form.agree(request.mandate).pk)
        except Refusal as refusal:
            form.refuse(refusal.field, str(refusal))
    return render(request, "exchange/new_sharing.html", {"form": form}, status=400 if form.is_bound else 200)


@mandate_required(*LISTING)
@require_safe
def sharing(request: MandatedRequest, number: int) -> HttpResponse:
    """One record."""
    return _page(request, number)


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    return _page(request, number, refusal)


@require_POST
@mandate_required(*AGREEING)
@refusals_to(_refused)
def ending(request: MandatedRequest, number: int) -> HttpResponse:
    """Ends a record, with a reason."""
    found = get_object_or_404(Sharing.objects.visible_to(request.mandate), pk=number)
    found.end(by=request.mandate, reason=request.POST.get("reason", ""))
    return see_other("exchange:sharing", found.pk)


def _page(request: MandatedRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    mandate = request.mandate
    found = get_object_or_404(
        Sharing.objects.visible_to(mandate).select_related("giver", "office"), pk=number
    )
    context = {
        "sharing": found, "kind": kind(found.kind), "fields": [field(name) for name in found.fields],
        "in_force": found.in_force(mandate.post.today), "refusal": refusal,
        "may_end": may_agree(mandate) and found.office_id == mandate.post.office_id and not found.ended_at,
        "form": ReasonForm(request.POST if refusal else None, label_suffix=""),
        "of_guests": found.kind == GUESTS,
    }  # fmt: skip
    return render(request, "exchange/sharing.html", context, status=refusal.status if refusal else 200)
