"""Reporting on somebody who is registered: first what happened, then the questions that belong to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Person, Request, RequestClosure
from timpora.registry.views.requests import asked_in
from timpora.reports import item
from timpora.reports.forms import ResidentForm
from timpora.reports.forms.resident import FIELDS
from timpora.reports.models import Report
from timpora.reports.views.answers import other_content, say_if_left_out, see_other
from timpora.team.access import MandatedRequest
from timpora.team.forms import add_refusal

QUESTIONS = (
    (Report.Kind.PRESENT, _("Still lives here")),
    (Report.Kind.MOVED, _("Has moved house")),
    (Report.Kind.LEFT, _("Has left")),
    (Report.Kind.NOT_FOUND, _("Was not found on a visit")),
    (Report.Kind.CORRECTION, _("Something is written wrongly")),
)


def report_on(request: MandatedRequest) -> HttpResponse:
    """The choice of what happened to a resident of one's own, or with ?kind= its form.

    With ?request= it begins with what the person has told, and the request closes with the report.
    """
    number = request.GET["person"]
    residents = Person.objects.residents_of(request.mandate).with_home()
    person: Person = get_object_or_404(residents, pk=number if number.isdecimal() else 0)
    kind = request.GET.get("kind", "")
    if kind not in FIELDS:
        context = {"person": person, "questions": QUESTIONS}
        return render(request, "reports/resident_kinds.html", context)
    asked = asked_in(request, person)
    form = ResidentForm(
        request.POST or None, request.FILES or None, kind=kind, person=person, mandate=request.mandate,
        label_suffix="", initial=_told(asked),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        intake = form.intake()
        try:
            with book.writing():
                sent = Report.objects.submit(by=request.mandate, intake=intake)
                if asked and not asked.became(sent.cause):  # sent twice, it is one report and one answer
                    asked.close(by=request.mandate, outcome=RequestClosure.Outcome.REPORTED, cause=sent.cause)
        except Conflict as refusal:
            return other_content(request, refusal, intake)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            say_if_left_out(request, form, sent)
            return see_other("reports:receipt", sent.pk)
    context = {"person": person, "form": form, "heading": dict(QUESTIONS)[Report.Kind(kind)], "asked": asked,
               "item": "" if asked else item.of_resident(request.mandate, person, kind)}  # fmt: skip
    return render(request, "reports/resident.html", context, status=400 if form.is_bound else 200)


def _told(asked: Request | None) -> dict[str, Any]:
    """What the form begins with: the day and the address as the person has told them."""
    said = asked.said if asked else {}
    return {name: said[key] for name, key in (("event_on", "since"), ("address", "address")) if said.get(key)}
