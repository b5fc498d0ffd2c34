"""Who a doubtful report speaks of: the deciding tier's list, both records side by side, the decision."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Decision, Person
from timpora.reports import comparison, shown
from timpora.reports.forms import ReasonForm
from timpora.reports.identity import look_again, missing_agreements, standing_of
from timpora.reports.models import Report
from timpora.reports.views.answers import is_overtaken, overtaken, see_other
from timpora.reports.views.queue import VERIFYING
from timpora.team.access import MandatedRequest, mandate_required

SHOWN = 20  # decisions that can be looked at again on the list
CHOOSE = Refusal(
    gettext_lazy("Choose one of the persons, or that it is somebody else."), code="decision_missing"
)
OVERTAKEN = Conflict(gettext_lazy("This has been decided in the meantime."), code="not_doubtful")


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    """The two records with the sentence, the typed reason kept; where it changed meanwhile, both versions."""
    if isinstance(refusal, Conflict):
        return overtaken(request, Report.objects.get(pk=number), refusal, reverse("reports:identities"))
    form = ReasonForm(request.POST, label_suffix="") if "reason" in request.POST else None
    return _page(request, _decidable(request, number), refusal=refusal, form=form)


@require_safe
@mandate_required(*VERIFYING)
def identities(request: MandatedRequest) -> HttpResponse:
    """What this tier is to decide or to agree to, oldest first, and what it decided last."""
    mandate = request.mandate
    context = {
        "rows": [shown.Row(report) for report in Report.objects.to_decide(mandate).with_people()[:200]],
        "asked": Report.objects.to_agree(mandate).with_people(),
        "decided": [
            shown.Row(report) for report in Report.objects.decided_by_tier(mandate).with_people()[:SHOWN]
        ],
        "sight": mandate.sight,
    }
    return render(request, "reports/identities.html", context)


@require_safe
@mandate_required(*VERIFYING)
def identity(request: MandatedRequest, number: int) -> HttpResponse:
    """A report beside each person it may speak of."""
    report = _decidable(request, number)
    look_again(report, by=request.mandate)
    with book.writing():
        book.record("identity.viewed", by=request.mandate, area=report.area_id, subject=report.cause)
    return _page(request, report)


@require_POST
@mandate_required(*VERIFYING)
@refusals_to(_refused)
def decision(request: MandatedRequest, number: int) -> HttpResponse:
    """Decides: "same:<person>" or "other"."""
    report = _decidable(request, number)
    if is_overtaken(request, report):
        return _refused(request, OVERTAKEN, number)
    look_again(report, by=request.mandate)
    word, _colon, chosen = request.POST.get("decision", "").partition(":")
    # Among those proposed alone: whether anybody else is registered, nobody learns here.
    proposed = Person.objects.filter(proposals__in=report.statement.proposals.undecided())
    person = proposed.filter(pk=int(chosen) if chosen.isdecimal() else 0).first()
    if word not in ("same", "other") or (word == "same" and person is None):
        return _refused(request, CHOOSE, number)
    report.decide_identity(by=request.mandate, person=person if word == "same" else None)
    return see_other("reports:identity", report.pk)


@require_POST
@mandate_required(*VERIFYING)
@refusals_to(_refused)
def undo(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes a decision back, with a reason: all is as before it."""
    report = _decidable(request, number)
    form = ReasonForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, report, form=form, status=400)
    report.undo_identity(by=request.mandate, reason=form.cleaned_data["reason"])
    return see_other("reports:identity", report.pk)


@require_POST
@mandate_required(*VERIFYING)
@refusals_to(_refused)
def agreement(request: MandatedRequest, number: int) -> HttpResponse:
    """The other office's yes: the office of the report may now decide."""
    agreed = Report.objects.agreed_to(request.mandate)
    report = agreed.filter(pk=number).first() or _decidable(request, number)
    report.agree(by=request.mandate)
    return see_other("reports:identities")


def _decidable(request: MandatedRequest, number: int) -> Report:
    """A report this mandate is to decide, to agree to, or has decided; 404 for any other."""
    mandate = request.mandate
    reports = Report.objects.filter(pk=number)
    for found in (reports.to_decide(mandate), reports.decided_by_tier(mandate), reports.to_agree(mandate)):
        report: Report | None = found.with_people().first()
        if report:
            return report
    # One's own report is seen, but decided by others: the verb says so in words.
    own = Report.objects.visible_to(mandate).doubtful().filter(sender=mandate.user_id)
    mine: Report = get_object_or_404(own.with_people(), pk=number)
    return mine


def _page(
    request: MandatedRequest,
    report: Report,
    *,
    refusal: Refusal | None = None,
    form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    mandate = request.mandate
    decided = Decision.objects.live().filter(statement=report.statement_id, proposals__isnull=False).first()
    proposals = report.statement.proposals.filter(decision=decided).order_by("pk")
    proposals = proposals.prefetch_related(Prefetch("person", Person.objects.with_home()))
    sees_report = mandate.reaches(report.area_id)
    if not sees_report and decided:
        raise Http404
    context: dict[str, Any] = {
        "report": report,
        "row": shown.Row(report),
        "facts": shown.facts(report.values, mandate.sight) if sees_report else (),
        "comparisons": [comparison.compare(report, proposal, mandate) for proposal in proposals],
        "decided": decided,
        "mark": standing_of(report, mandate) if sees_report and not decided else None,
        "missing": missing_agreements(report) if not decided else set(),
        "sees_report": sees_report,
        "refusal": refusal,
        "form": form or ReasonForm(label_suffix=""),
        "heading": _("Who is this?"),
    }
    return render(request, "reports/identity.html", context, status=refusal.status if refusal else status)
