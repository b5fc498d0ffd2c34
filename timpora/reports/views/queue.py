"""The queue of a verifying tier: confirm one or many, send back, refuse, undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.seats import Seats
from timpora.reports import ladder, shown
from timpora.reports.models import Report
from timpora.reports.story import UNDONE_AT_ONCE
from timpora.reports.views import lists
from timpora.reports.views.answers import is_overtaken, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role, Tier

VERIFYING = (Role.DISTRICT, Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
PER_PAGE = 25
AT_ONCE = 100  # reports one press of "confirm selected" takes
LONGEST = 18  # digits of an id; what is longer is nobody's
OUTCOMES = "reports.outcomes"  # the session's key: ids and codes of what the last press brought about
TIERS = {
    Tier.DISTRICT: gettext_lazy("the kecamatan"),
    Tier.REGENCY: gettext_lazy("the kabupaten"),
    Tier.OFFICE: gettext_lazy("the immigration office"),
}


@require_safe
@mandate_required(*VERIFYING)
def waiting(request: MandatedRequest) -> HttpResponse:
    """The reports this mandate may confirm now, oldest first."""
    mandate = request.mandate
    page = Paginator(Report.objects.awaiting(mandate).with_people(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    seats = Seats(mandate.codes)
    rows = [shown.Row(report, ladder.standing(report, mandate, seats=seats) or "") for report in page]
    context = {
        "page": page,
        "rows": rows,
        "sight": mandate.sight,
        "outcomes": _told(request),
        "to_decide": Report.objects.to_decide(mandate).count(),
    }
    return render(request, "reports/waiting.html", context)


@require_POST
@mandate_required(*VERIFYING)
def confirmations(request: MandatedRequest) -> HttpResponse:
    """Confirms each selected report by a Review of its own; what became of each is told above the queue."""
    chosen = _named(request, request.POST.getlist("report"))
    outcomes = [_confirm(request, report) for report in chosen[:AT_ONCE]]
    request.session[OUTCOMES] = outcomes or [{"code": "nothing"}]
    return see_other("reports:waiting")


@require_POST
@mandate_required(*VERIFYING)
@refusals_to(lists.refused)
def confirmation(request: MandatedRequest, number: int) -> HttpResponse:
    """Confirms one report."""
    report = _as_shown(request, lists.visible(request, number))
    report.confirm(by=request.mandate)
    request.session[OUTCOMES] = [_done(report)]
    return see_other("reports:waiting")


@require_POST
@mandate_required(*VERIFYING)
def undo(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes a confirmation back: at once without a reason for ten seconds, afterwards with one."""
    return _undone(request, number, "undo")


@require_POST
@mandate_required(*VERIFYING)
def undo_all(request: MandatedRequest) -> HttpResponse:
    """Takes the confirmations of the last press back, the latest first, while the ten seconds last."""
    outcomes = []
    for report in reversed(_named(request, request.POST.getlist("report"))):
        try:
            if not report.can_be_undone(request.mandate):
                raise Refusal(
                    _("The ten seconds are over. Give a reason on the report's page."), code="too_late"
                )
            report.unconfirm(by=request.mandate, reason=UNDONE_AT_ONCE)
            outcomes.append({"report": report.pk, "code": "undone"})
        except Refusal as refusal:
            outcomes.append({"report": report.pk, "code": refusal.code, "sentence": str(refusal.message)})
    request.session[OUTCOMES] = outcomes
    return see_other("reports:waiting")


@refusals_to(lists.refused)
def _undone(request: MandatedRequest, number: int, asked: str) -> HttpResponse:
    report, reason = lists.visible(request, number), UNDONE_AT_ONCE
    if "reason" in request.POST or not report.can_be_undone(request.mandate):
        form = lists.reason_given(request, asked)
        if not form.is_valid():
            return lists.page(request, report, form=form, asked=asked, status=400)
        reason = form.cleaned_data["reason"]
    report.unconfirm(by=request.mandate, reason=reason)
    request.session[OUTCOMES] = [{"report": report.pk, "code": "undone"}]
    return see_other("reports:waiting")


@require_POST
@mandate_required(*VERIFYING)
def sending_back(request: MandatedRequest, number: int) -> HttpResponse:
    """Back to the sender, with a reason."""
    return _ended(request, number, "sending_back")


@require_POST
@mandate_required(*VERIFYING)
def refusal(request: MandatedRequest, number: int) -> HttpResponse:
    """Not taken, with a reason."""
    return _ended(request, number, "refusal")


@refusals_to(lists.refused)
def _ended(request: MandatedRequest, number: int, asked: str) -> HttpResponse:
    report, form = _as_shown(request, lists.visible(request, number)), lists.reason_given(request, asked)
    if not form.is_valid():
        return lists.page(request, report, form=form, asked=asked, status=400)
    verb = report.send_back if asked == "sending_back" else report.refuse
    verb(by=request.mandate, reason=form.cleaned_data["reason"])
    request.session[OUTCOMES] = [{"report": report.pk, "code": report.state}]
    return see_other("reports:waiting")


def _confirm(request: MandatedRequest, report: Report) -> dict[str, Any]:
    try:
        _as_shown(request, report).confirm(by=request.mandate)
    except Refusal as no:
        return {"report": report.pk, "code": no.code, "sentence": str(no.message)}
    return _done(report)


def _done(report: Report) -> dict[str, Any]:
    """What a confirmation brought about: verified, passed on, or a decision asked of a tier."""
    if report.state == Report.State.VERIFIED:
        return {"report": report.pk, "code": "confirmed"}
    code = "checked" if report.is_doubtful else "passed_on"
    return {"report": report.pk, "code": code, "tier": int(report.tier)}


def _told(request: MandatedRequest) -> dict[str, Any]:
    """What the last press brought about, once: the confirmed ones with undo, a line each for the others."""
    outcomes = request.session.pop(OUTCOMES, [])
    confirmed = [one["report"] for one in outcomes if one["code"] in ("confirmed", "checked", "passed_on")]
    numbers = Report.objects.visible_to(request.mandate).in_bulk(
        [one["report"] for one in outcomes if "report" in one]
    )
    lines = [
        {"receipt": numbers[one["report"]].receipt, "number": one["report"], "sentence": _sentence(one)}
        for one in outcomes
        if one["code"] != "confirmed" and one.get("report") in numbers
    ]
    nothing = any(one["code"] == "nothing" for one in outcomes)
    return {"confirmed": confirmed, "lines": lines, "nothing": nothing}


def _sentence(one: dict[str, Any]) -> str:
    if "sentence" in one:
        return str(one["sentence"])
    tier = TIERS[Tier(one["tier"])] if "tier" in one else ""
    return {
        "checked": _("is confirmed and being checked by %(tier)s, because somebody alike is registered.")
        % {"tier": tier},
        "passed_on": _("is confirmed and now waits for %(tier)s.") % {"tier": tier},
        "undone": _("The confirmation was taken back; the report waits again."),
        Report.State.SENT_BACK: _("was sent back with your reason."),
        Report.State.REFUSED: _("was refused with your reason."),
    }.get(one["code"], "")


def _named(request: MandatedRequest, numbers: Iterable[str]) -> list[Report]:
    """The visible reports of these numbers, oldest first; others are passed over as if they did not exist."""
    wanted = {int(number) for number in numbers if number.isdecimal() and len(number) <= LONGEST}
    found = Report.objects.visible_to(request.mandate).filter(pk__in=wanted).with_people()
    return list(found.order_by("held_since", "pk"))


def _as_shown(request: MandatedRequest, report: Report) -> Report:
    """The report, if it still stands as the page that was sent showed it. Raises Conflict."""
    if is_overtaken(request, report):
        raise Conflict(_("This report has been reviewed in the meantime."), code="reviewed")
    return report
