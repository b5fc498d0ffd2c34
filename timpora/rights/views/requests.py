"""What foreign nationals ask about their data, with its clock: the queue, one request, its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.answering import both_versions, refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Person, Request, RequestClosure
from timpora.reports.shown import date_of
from timpora.rights.mine.forms import RequestForm
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms.refused import attempted
from timpora.team.roles import WORKING, Role

ANSWERING = tuple(role for role in WORKING if role != Role.VILLAGE)
PER_PAGE = 25
OUTCOMES = (RequestClosure.Outcome.DONE, RequestClosure.Outcome.KEPT)


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    """The request's page with the sentence and what was typed; where it was answered meanwhile, both."""
    asked = _visible(request, number)
    if not isinstance(refusal, Conflict) or asked.answer is None:
        return _page(request, asked, refusal)
    chosen, typed = request.POST.get("outcome", ""), request.POST.get("reason", "")
    now = asked.answer
    yours = dict(RequestClosure.Outcome.choices).get(chosen, "")
    rows = [(_("Answer"), str(yours), now.get_outcome_display()), (_("Reason"), typed, now.reason_given)]
    return both_versions(request, refusal, here=request.path.removesuffix("closure/"), rows=rows)


@require_safe
@mandate_required(*ANSWERING)
def requests(request: MandatedRequest) -> HttpResponse:
    """What waits for this mandate's answer, the first due ahead; below it the others of its area."""
    mine = Request.objects.awaiting(request.mandate).select_related("area").first_due()
    others = Request.objects.visible_to(request.mandate).exclude(pk__in=mine.values("pk"))
    page = Paginator(others.select_related("area", "closure").order_by("-pk"), PER_PAGE)
    context = {"waiting": mine[:100], "page": page.get_page(request.GET.get("page"))}
    return render(request, "rights/requests.html", context)


@require_safe
@mandate_required(*ANSWERING)
def request(request: MandatedRequest, number: int) -> HttpResponse:
    """One request; that its words were read stands in the ledger."""
    asked = _visible(request, number)
    with book.writing():
        book.record("request.viewed", by=request.mandate, area=asked.area_id, subject=asked.subject)
    return _page(request, asked)


@require_POST
@mandate_required(*ANSWERING)
@refusals_to(_refused)
def closure(request: MandatedRequest, number: int) -> HttpResponse:
    """The answer, with the reason that the person reads."""
    said = request.POST
    outcome = said.get("outcome", "")
    asked = _visible(request, number)
    asked.close(
        by=request.mandate, outcome=outcome if outcome in OUTCOMES else "", reason=said.get("reason", "")
    )
    messages.success(request, _("Answered. The person reads it on their own page."))
    return redirect("rights:requests")


@mandate_required(*ANSWERING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MandatedRequest, pk: int) -> HttpResponse:
    """What somebody says at the counter, written down by an officer: the same request with the same clock."""
    person: Person = get_object_or_404(Person.objects.visible_to(request.mandate), pk=pk)
    kind = request.GET.get("kind", "")
    if kind not in Request.Kind.values:
        return render(request, "rights/new_kinds.html", {"person": person, "kinds": Request.Kind.choices})
    form = RequestForm(request.POST or None, kind=kind)
    if form.is_bound and form.is_valid():
        made = attempted(
            form, Request.objects.make, by=request.mandate, person=person, kind=kind, said=form.said(),
            cause=f"post:{request.mandate.post_id}",
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Written down. The clock runs from now on."))
            return redirect("rights:links", pk)
    context = {"person": person, "form": form, "heading": dict(Request.Kind.choices)[kind]}
    return render(request, "rights/new_request.html", context, status=400 if form.is_bound else 200)


def _visible(request: MandatedRequest, number: int) -> Request:
    mine = Request.objects.visible_to(request.mandate).select_related("person", "area__parent", "closure")
    found: Request = get_object_or_404(mine, pk=number)
    return found


def _page(request: MandatedRequest, asked: Request, refusal: Refusal | None = None) -> HttpResponse:
    near = Person.objects.residents_of(request.mandate).filter(pk=asked.person_id).exists()
    context = {
        "request_": asked,
        "since": date_of(asked.said.get("since", "")),
        "person": asked.person if near else None,
        "number": asked.person.register_number,
        "mine": Request.objects.awaiting(request.mandate).filter(pk=asked.pk).exists(),
        "outcomes": [(each.value, each.label) for each in OUTCOMES],
        "refusal": refusal,
        "typed": request.POST if refusal else {},
    }
    return render(request, "rights/request.html", context, status=refusal.status if refusal else 200)
