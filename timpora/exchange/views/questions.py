"""Whom the lists name at a village: asked there, answered person by person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.areas.codes import Level
from timpora.areas.models import Area
from timpora.exchange.models import Reply
from timpora.exchange.questions import Question, places, questions, report
from timpora.exchange.views.answers import see_other
from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role, Tier

ANSWERING = (Role.VILLAGE, Role.DISTRICT)


@mandate_required(*ANSWERING)
@never_cache
@require_safe
def own(request: MandatedRequest) -> HttpResponse:
    """A village's questions; of a district its villages with how many are open in each."""
    if request.mandate.tier == Tier.VILLAGE:
        return _page(request, _village(request, request.mandate.post.area_id or ""))
    return render(request, "exchange/questions_district.html", {"places": places(request.mandate)})


@mandate_required(*ANSWERING)
@never_cache
@require_safe
def village(request: MandatedRequest, code: str) -> HttpResponse:
    """The questions of one village."""
    return _page(request, _village(request, code))


def _refused(request: MandatedRequest, refusal: Refusal, code: str) -> HttpResponse:
    return _page(request, _village(request, code), refusal)


@require_POST
@mandate_required(*ANSWERING)
@refusals_to(_refused)
def reply(request: MandatedRequest, code: str) -> HttpResponse:
    """Answers one: lives here (on to an ordinary report), not known here, or left."""
    area = _village(request, code)
    person, word = request.POST.get("person", ""), request.POST.get("word", "")
    if word == "lives_here":
        report(_asked(request, area, person), by=request.mandate)
        return see_other("reports:new")
    number = int(person) if person.isdecimal() else 0
    Reply.objects.give(by=request.mandate, area=area, person=number, word=word)
    messages.success(request, _("Thank you, noted."))
    return see_other("exchange:village_questions", area.pk)


def _village(request: MandatedRequest, code: str) -> Area:
    if not request.mandate.reaches(code):
        raise Http404
    found: Area = get_object_or_404(Area.objects.with_line(), code=code, level=Level.VILLAGE)
    return found


def _asked(request: MandatedRequest, area: Area, person: str) -> Question:
    asked = questions(request.mandate, area)
    found = next((question for question in asked if str(question.person) == person), None)
    if found is None:
        raise Http404
    return found


def _page(request: MandatedRequest, area: Area, refusal: Refusal | None = None) -> HttpResponse:
    with book.writing():
        book.record("questions.viewed", by=request.mandate, area=area.pk)
    context = {"area": area, "questions": questions(request.mandate, area), "refusal": refusal}
    return render(request, "exchange/questions.html", context, status=refusal.status if refusal else 200)
