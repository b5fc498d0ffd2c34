"""The reports a post has sent or an area has, and one report with what became of it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.reports import ladder, shown, story
from timpora.reports.forms import ReasonForm
from timpora.reports.models import Draft, Photo, Report
from timpora.reports.models.queryset import ReportQuerySet
from timpora.reports.views.answers import overtaken, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate
from timpora.team.roles import WORKING, Tier

PER_PAGE = 25
REASONED = ("sending_back", "refusal", "undo")
STATES = (
    ("", _("all")),
    ("waiting", _("waiting")),
    ("checked", _("being checked")),
    ("verified", _("verified")),
    ("sent_back", _("sent back")),
    ("refused", _("refused")),
    ("withdrawn", _("withdrawn")),
)


@require_safe
@mandate_required(*WORKING)
def reports(request: MandatedRequest) -> HttpResponse:
    """The reports this post has sent, newest first; with ?of=area those of its whole area."""
    mandate = request.mandate
    mine = Report.objects.visible_to(mandate)
    if request.GET.get("of") != "area":
        mine = mine.filter(post=mandate.post_id)
    state = request.GET.get("state", "")
    page = Paginator(_in_state(mine, state).with_people().order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [shown.Row(report) for report in page],
        "state": state,
        "states": STATES,
        "whole_area": request.GET.get("of") == "area",
        "is_village": mandate.tier == Tier.VILLAGE,
        "draft": Draft.objects.filter(mandate=mandate.pk).first(),
    }
    return render(request, "reports/list.html", context)


def _in_state(found: ReportQuerySet, state: str) -> ReportQuerySet:
    if state == "waiting":
        return found.unreviewed()
    if state == "checked":
        return found.doubtful()
    return found.filter(state=state) if state in Report.State.values else found


@require_safe
@mandate_required(*WORKING)
def report(request: MandatedRequest, number: int) -> HttpResponse:
    """One report: what it says, what became of it, and what this post may do now."""
    found = visible(request, number)
    if found.post_id != request.mandate.post_id:
        with book.writing():
            book.record("report.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
    return page(request, found)


def refused(request: MandatedRequest, refusal: Refusal, number: int, asked: str = "") -> HttpResponse:
    """The report's page with the sentence, the typed reason kept; reviewed meanwhile: both versions."""
    found = visible(request, number)
    if isinstance(refusal, Conflict):
        return overtaken(request, found, refusal, reverse("reports:report", args=[number]))
    form = reason_given(request, asked) if "reason" in request.POST else None
    return page(request, found, refusal=refusal, form=form, asked=asked)


@require_POST
@mandate_required(*WORKING)
@refusals_to(refused)
def withdrawal(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes a report of one's own post back."""
    visible(request, number).withdraw(by=request.mandate)
    return see_other("reports:report", number)


def visible(request: MandatedRequest, number: int) -> Report:
    """A report of the mandate's area, with all that its page shows; 404 for any other."""
    found: Report = get_object_or_404(Report.objects.visible_to(request.mandate).with_people(), pk=number)
    return found


def page(
    request: MandatedRequest,
    found: Report,
    *,
    refusal: Refusal | None = None,
    form: ReasonForm | None = None,
    asked: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one report; `form` and `asked` keep what was typed where `asked` was refused."""
    mandate = request.mandate
    context = {
        "report": found,
        "row": shown.Row(found),
        "facts": shown.facts(found.values, mandate.sight),
        "unseen": shown.unseen(found.values, mandate.sight),
        "photo": Photo.objects.filter(report=found).defer("body").first(),
        "steps": story.steps(found, for_village=mandate.tier == Tier.VILLAGE),
        "refusal": refusal,
        "reasons": _reasons(asked, form),
        "asked": asked,
        **_may(found, mandate),
    }  # fmt: skip
    return render(request, "reports/report.html", context, status=refusal.status if refusal else status)


def reason_given(request: MandatedRequest, asked: str) -> ReasonForm:
    """What was typed where `asked` (a step of REASONED) asks for a reason."""
    return ReasonForm(request.POST, auto_id=f"{asked}_%s", label_suffix="")


def _reasons(asked: str, form: ReasonForm | None) -> dict[str, ReasonForm]:
    empty = {name: ReasonForm(auto_id=f"{name}_%s", label_suffix="") for name in REASONED}
    return empty | ({asked: form} if form else {})


def _may(found: Report, mandate: Mandate) -> dict[str, Any]:
    """What this mandate may do with a report as it stands."""
    open_ = found.state == Report.State.SUBMITTED and not shown.is_checked(found)
    mark = ladder.standing(found, mandate) if open_ else None
    above = mandate.tier is not None and mandate.tier < found.tier and found.sender_id != mandate.user_id
    last = found.last_confirmation
    decided = Report.objects.decided_by_tier(mandate).filter(pk=found.pk)
    return {
        "mark": mark,
        "may_confirm": mark is not None,
        "may_send_back": open_ and (mark is not None or above),
        "own_elsewhere": open_ and found.sender_id == mandate.user_id and found.post_id != mandate.post_id,
        "may_undo": last is not None and mandate.tier is not None and mandate.tier <= last.tier
        and found.state in (Report.State.SUBMITTED, Report.State.VERIFIED),
        "may_withdraw": found.can_be_withdrawn(mandate),
        "may_answer": found.can_be_answered(mandate),
        "may_decide": Report.objects.to_decide(mandate).filter(pk=found.pk).exists() or decided.exists(),
    }  # fmt: skip
