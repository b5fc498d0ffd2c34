"""One gap: what stands apart, why, and what became of it; closed, and opened again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.exchange.forms import ClosureForm, NoteForm
from timpora.exchange.models import Comparison, Gap
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.views.answers import see_other
from timpora.exchange.words import reason
from timpora.exchange.worklist import lines
from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.registry import working_days
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate


@mandate_required(*LISTING)
@never_cache
@require_safe
def gap(request: MandatedRequest, number: int) -> HttpResponse:
    """One gap."""
    found = _visible(request, number)
    with book.writing():
        book.record("gap.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
    return _page(request, number)


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    return _page(request, number, refusal)


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def closure(request: MandatedRequest, number: int) -> HttpResponse:
    """Closes it with a reason."""
    found = _visible(request, number)
    note = request.POST.get("note", "")[:300]
    found.close(by=request.mandate, reason=request.POST.get("reason", ""), note=note)
    return see_other("exchange:gap", found.pk)


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def reopening(request: MandatedRequest, number: int) -> HttpResponse:
    """Opens it again, with a reason in words."""
    found = _visible(request, number)
    found.reopen(by=request.mandate, note=request.POST.get("note", "")[:300])
    return see_other("exchange:gap", found.pk)


def _visible(request: MandatedRequest, number: int) -> Gap:
    found: Gap = get_object_or_404(Gap.objects.visible_to(request.mandate).with_all(), pk=number)
    return found


def _term(found: Gap) -> int:
    """The working days it was given when it was found: an office may have set others since."""
    day = timezone.localdate(found.first_found.at, found.first_found.mandate.post.zone)
    return working_days.between(day, found.due_on)


def _page(request: MandatedRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    found = _visible(request, number)
    (line,) = lines([found], request.mandate)
    posts = Mandate.objects.with_places().in_bulk(
        [m for c in found.closures.all() for m in (c.mandate_id, c.reopened_by) if m]
    )
    history = [
        (reason(c.reason), c.at, posts[c.mandate_id].post, c.reopened_at, posts.get(c.reopened_by or 0))
        for c in found.closures.all()
    ]
    form = NoteForm if found.closure else ClosureForm
    suggested = {"reason": found.reason if not found.gone_in_id else "gone"}
    context = {
        "gap": found, "line": line, "history": history, "refusal": refusal, "term": _term(found),
        "form": form(request.POST if refusal else None, initial=suggested, label_suffix=""),
        "comparison": Comparison.objects.visible_to(request.mandate).filter(pk=found.last_found_id).first(),
    }  # fmt: skip
    return render(request, "exchange/gap.html", context, status=refusal.status if refusal else 200)
