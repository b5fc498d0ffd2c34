"""One village's month: answered person by person, signed as nil, or excused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from timpora.areas.codes import Level
from timpora.areas.models import Area
from timpora.exchange.questions import questions
from timpora.ledger.refusal import Refusal
from timpora.recaps.forms import AnswersForm, ExcuseForm
from timpora.recaps.models import NilRefused, Return
from timpora.recaps.models.monthly_return import is_asked, may_excuse, residents_on
from timpora.recaps.month import Month
from timpora.recaps.residents import against_nil
from timpora.recaps.standing import first_of
from timpora.reports import item
from timpora.reports.models import Report
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms.refused import add_refusal
from timpora.team.roles import WORKING, Tier


def _asked(request: MandatedRequest, code: str, month: str) -> tuple[Area, Month]:
    """The village and month of an address; 404 outside the mandate, for a month that has not come, and for
    one that nobody is asked for.
    """
    area = Area.objects.with_line().filter(code=code, level=Level.VILLAGE).first()
    try:
        found = Month.parse(month)
    except ValueError:
        raise Http404 from None
    if area is None or not request.mandate.reaches(code) or found > Month.of(area.today):
        raise Http404
    if not is_asked(code, found):
        raise Http404
    return area, found


@mandate_required(*WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def monthly(request: MandatedRequest, code: str, month: str) -> HttpResponse:
    """A month's questions and what was answered; a POST answers for every resident."""
    area, asked = _asked(request, code, month)
    if request.method != "POST":
        return _page(request, area, asked)
    form = AnswersForm(request.POST, residents=_residents(request, area, asked))
    if form.is_valid():
        try:
            Return.objects.answer(by=request.mandate, area=area, month=asked, answers=form.answers)
        except Refusal as refusal:
            add_refusal(form, refusal)
            return _page(request, area, asked, form=form, status=refusal.status)
        messages.success(request, _("The return is signed. Thank you."))
        return redirect("recaps:return", code, month)
    return _page(request, area, asked, form=form, status=400)


@mandate_required(*WORKING)
@require_POST
def nil(request: MandatedRequest, code: str, month: str) -> HttpResponse:
    """Signs that nobody lived there on the month's last day, or says what to answer first."""
    area, asked = _asked(request, code, month)
    try:
        Return.objects.sign_nil(by=request.mandate, area=area, month=asked)
    except NilRefused as refusal:
        return _page(request, area, asked, refused=refusal, first=refusal.first, status=refusal.status)
    except Refusal as refusal:
        return _page(request, area, asked, refused=refusal, status=refusal.status)
    messages.success(request, _("Nil is signed. Thank you."))
    return redirect("recaps:return", code, month)


@mandate_required(*WORKING)
@require_POST
def excuse(request: MandatedRequest, code: str, month: str) -> HttpResponse:
    """Excuses the village for the month, with a reason; for its district."""
    area, asked = _asked(request, code, month)
    if not may_excuse(request.mandate, code):
        raise Http404
    form = ExcuseForm(request.POST)
    if form.is_valid():
        try:
            Return.objects.excuse(
                by=request.mandate, area=area, month=asked, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
            return _page(request, area, asked, excusing=form, status=refusal.status)
        messages.success(request, _("The village is excused for this month."))
        return redirect("recaps:return", code, month)
    return _page(request, area, asked, excusing=form, status=400)


def _residents(request: MandatedRequest, area: Area, month: Month) -> list[Any]:
    return residents_on(area, min(month.last, request.mandate.post.today))


def _page(
    request: MandatedRequest,
    area: Area,
    month: Month,
    *,
    form: AnswersForm | None = None,
    excusing: ExcuseForm | None = None,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    mandate = request.mandate
    residents = _residents(request, area, month)
    given = Return.objects.of(area, month)
    waiting = Report.objects.visible_to(mandate).submitted().filter(area=area, event_on__lte=month.last)
    context = {
        "area": area,
        "month": month,
        "standing": first_of(area, month),
        "given": given,
        "versions": Return.objects.versions(area, month),
        "residents": residents,
        "answers": given.answers.in_order() if given else [],
        "unanswered": given.unanswered if given else [],
        "waiting": waiting.with_people().order_by("pk"),
        "against": against_nil(area, month),
        "signs": mandate.tier in (Tier.VILLAGE, Tier.DISTRICT),
        "on_behalf": mandate.tier != Tier.VILLAGE,
        "form": form or AnswersForm(residents=residents),
        "too_early": mandate.post.today < month.last,
        "excusing": (excusing or ExcuseForm()) if may_excuse(mandate, area.pk) and given is None else None,
        "now": timezone.localtime(timezone=mandate.post.zone),
        "above": [*reversed(area.line[1:])],
        "questions": questions(mandate, area),
        "item_return": item.of_form(mandate, "return", village=area.pk, month=str(month)),
        "item_nil": item.of_form(mandate, "nil", village=area.pk, month=str(month)),
    }
    return render(request, "recaps/return.html", context | said, status=status)
