"""Two villages, one person: the village where they are counted answers, the tier above decides."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import may_decide, other_office
from timpora.registry.models import Claim
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate
from timpora.team.roles import WORKING, Tier

PER_PAGE = 25


@require_safe
@mandate_required(*WORKING)
def claims(request: MandatedRequest) -> HttpResponse:
    """The claims that wait for this mandate, overdue ones first; below them the others of its area."""
    mandate = request.mandate
    mine = (
        Claim.objects.awaiting(mandate)
        .select_related("person", "counted_in", "claimed_in")
        .order_by("due_on", "pk")
    )
    others = Claim.objects.visible_to(mandate).exclude(pk__in=mine.values("pk")).order_by("closed_at", "-pk")
    page = Paginator(others.select_related("person", "counted_in"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"waiting": mine[:100], "page": page, "is_village": mandate.tier == Tier.VILLAGE}
    return render(request, "registry/claims.html", context)


@require_safe
@mandate_required(*WORKING)
def claim(request: MandatedRequest, number: int) -> HttpResponse:
    """One claim, as far as each side may see the other."""
    found = _visible(request, number)
    with book.writing():
        book.record("claim.viewed", by=request.mandate, area=found.counted_in_id, subject=f"claim:{found.pk}")
    return _page(request, found)


@require_POST
@mandate_required(*WORKING)
def answer(request: MandatedRequest, number: int) -> HttpResponse:
    """The village's word: still lives here, or has moved there."""
    found = _visible(request, number)
    return _said(
        request, found, lambda: found.respond(by=request.mandate, answer=request.POST.get("answer", ""))
    )


@require_POST
@mandate_required(*WORKING)
def decision(request: MandatedRequest, number: int) -> HttpResponse:
    """The deciding tier's word: where the person is counted."""
    found = _visible(request, number)
    return _said(
        request, found, lambda: found.decide(by=request.mandate, outcome=request.POST.get("outcome", ""))
    )


@require_POST
@mandate_required(*WORKING)
def agreement(request: MandatedRequest, number: int) -> HttpResponse:
    """The other office's yes: the office of the claim may now decide."""
    found = _visible(request, number)
    return _said(request, found, lambda: found.agree(by=request.mandate))


def _visible(request: MandatedRequest, number: int) -> Claim:
    mine = Claim.objects.visible_to(request.mandate)
    found: Claim = get_object_or_404(
        mine.select_related("person", "counted_in__parent", "claimed_in__parent"), pk=number
    )
    return found


def _said(request: MandatedRequest, found: Claim, verb: Any) -> HttpResponse:
    try:
        verb()
    except Conflict as conflict:
        now = Claim.objects.get(pk=found.pk)
        rows = [(_("State"), _("open"), state_of(now))]
        here = reverse("registry:claim", args=[found.pk])
        return render(
            request, "409.html", {"sentence": conflict.message, "rows": rows, "here": here}, status=409
        )
    except Refusal as refusal:
        return _page(request, found, refusal)
    return HttpResponseRedirect(reverse("registry:claim", args=[found.pk]), status=303)


def _page(request: MandatedRequest, found: Claim, refusal: Refusal | None = None) -> HttpResponse:
    mandate = request.mandate
    is_open, home = found.closed_at is None, found.person.home
    asked = other_office(found.claimed_in_id, found.counted_in_id)
    context = {
        "claim": found,
        "state": state_of(found),
        "sees_home": mandate.reaches(found.counted_in_id),
        "sees_claim": mandate.tier != Tier.VILLAGE and mandate.reaches(found.claimed_in_id),
        "may_answer": is_open and mandate.tier == Tier.VILLAGE and not found.answer,
        "may_decide": is_open and _decides(mandate, found),
        "may_agree": is_open and found.awaits_agreement and asked == mandate.post.office_id,
        "missing": is_open and found.awaits_agreement,
        "home": home if home and mandate.reaches(home.area_id) else None,
        "refusal": refusal,
        "answers": Claim.Answer.choices,
    }
    return render(request, "registry/claim.html", context, status=refusal.status if refusal else 200)


def _decides(mandate: Mandate, found: Claim) -> bool:
    if mandate.tier == Tier.VILLAGE:
        return False
    return may_decide(mandate, Tier(found.tier), found.claimed_in_id, found.counted_in_id)


def state_of(found: Claim) -> str:
    """The claim's state in the reader's language."""
    if found.closed_at is not None:
        return str(Claim.Outcome(found.outcome).label)
    if found.is_overdue:
        return _("overdue")
    return _("answered, waits for the decision") if found.answer else _("open")
