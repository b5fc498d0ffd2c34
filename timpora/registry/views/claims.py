"""Two villages, one person: the village where they are counted answers, the tier above decides."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.answering import both_versions, refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Claim
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING, Tier

PER_PAGE = 25


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    """The claim's page with the sentence; where it has changed meanwhile, both versions."""
    if not isinstance(refusal, Conflict):
        return _page(request, _visible(request, number), refusal)
    before, now = request.POST.get("seen", ""), Claim.objects.get(pk=number)
    rows = [(_("State"), version_words(before) or _("open"), state_of(now))]
    if before.rpartition(".")[2] not in ("", str(now.passed_on)):
        rows.append((_("Counted in"), _("as on your page"), _("another village since")))
    return both_versions(request, refusal, here=reverse("registry:claim", args=[number]), rows=rows)


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
        book.record("claim.viewed", by=request.mandate, area=found.counted_in_id, subject=found.subject)
    return _page(request, found)


@require_POST
@mandate_required(*WORKING)
@refusals_to(_refused)
def answer(request: MandatedRequest, number: int) -> HttpResponse:
    """The village's word: still lives here, or has moved there."""
    found, said = _visible(request, number), request.POST
    found.respond(by=request.mandate, answer=said.get("answer", ""), seen=said.get("seen", ""))
    return _see(number)


@require_POST
@mandate_required(*WORKING)
@refusals_to(_refused)
def decision(request: MandatedRequest, number: int) -> HttpResponse:
    """The deciding tier's word: where the person is counted."""
    found, said = _visible(request, number), request.POST
    found.decide(by=request.mandate, outcome=said.get("outcome", ""), seen=said.get("seen", ""))
    return _see(number)


@require_POST
@mandate_required(*WORKING)
@refusals_to(_refused)
def agreement(request: MandatedRequest, number: int) -> HttpResponse:
    """The other office's yes: the office of the claim may now decide."""
    _visible(request, number).agree(by=request.mandate)
    return _see(number)


def _visible(request: MandatedRequest, number: int) -> Claim:
    mine = Claim.objects.visible_to(request.mandate)
    found: Claim = get_object_or_404(
        mine.select_related("person", "counted_in__parent", "claimed_in__parent"), pk=number
    )
    return found


def _see(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("registry:claim", args=[number]), status=303)


def _page(request: MandatedRequest, found: Claim, refusal: Refusal | None = None) -> HttpResponse:
    mandate, is_open, home = request.mandate, found.closed_at is None, found.person.home
    missing = is_open and found.awaits_agreement
    deciding = found.standing_to_decide(mandate) if is_open else None
    answering = found.standing_to_answer(mandate) if is_open and not found.answer else None
    context = {
        "claim": found,
        "state": state_of(found),
        "sees_home": mandate.reaches(found.counted_in_id),
        "sees_claim": mandate.tier != Tier.VILLAGE and mandate.reaches(found.claimed_in_id),
        "may_answer": answering is not None,
        "may_decide": deciding is not None,
        "mark": deciding or answering,
        "own": is_open and found.submitter_id == mandate.user_id,
        "may_agree": missing and found.is_asked_to_agree(mandate),
        "missing": missing,
        "home": home if home and mandate.reaches(home.area_id) else None,
        "is_homeless": is_open and home is None,
        "refusal": refusal,
    }
    return render(request, "registry/claim.html", context, status=refusal.status if refusal else 200)


def state_of(found: Claim) -> str:
    """The claim's state in the reader's language."""
    if found.closed_at is not None:
        return str(Claim.Outcome(found.outcome).label)
    if found.is_overdue:
        return _("overdue")
    return version_words(found.version)


def version_words(version: str) -> str:
    """The words for a state that a page had shown; "" for what no page shows."""
    words = {"open": _("open"), "answered": _("answered, waits for the decision"), "closed": _("settled")}
    return words.get(version.partition(".")[0], "")
