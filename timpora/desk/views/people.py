"""A person's page, and the correction of a value."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from timpora.desk.beside import mergers_of
from timpora.desk.departure import departure_of
from timpora.desk.doors import address
from timpora.desk.dossier import Dossier
from timpora.desk.forms import CorrectionForm
from timpora.desk.lookers import looks
from timpora.desk.way import way_of
from timpora.ledger import book
from timpora.ledger.answering import both_versions
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.fields import LABELS
from timpora.registry.models import Disclosure, Person, Request
from timpora.registry.named import register_number
from timpora.registry.views.requests import asked_in
from timpora.reports.shown import value_of
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING, Role, Tier

CORRECTING = tuple(role for role in WORKING if role != Role.VILLAGE)


@mandate_required(*WORKING, Role.COUNTS)
@require_safe
def person(request: MandatedRequest, pk: int) -> HttpResponse:
    """Everything this mandate may read of a person; that it was opened stands in the ledger."""
    mine = Person.objects.visible_to(request.mandate)
    found = get_object_or_404(mine.with_home().numbered(pk))
    if found.pk != pk:
        return _found_to_be(request, found, pk)
    with book.writing():
        book.record(
            "person.opened", by=request.mandate, area=found.last_area or "", subject=f"person:{pk}",
            fields=(way_of(request),),
        )  # fmt: skip
    context = {
        "person": found,
        "dossier": Dossier(found, request.mandate),
        "departure": departure_of(found, request.mandate),
        "looks": looks(found) if request.mandate.sight.lookers else None,
        "purposes": Disclosure.Purpose.choices,
        "is_village": request.mandate.tier == Tier.VILLAGE,
        "is_reader": request.mandate.tier is None,
        "report": f"{address('reports:new')}?person={pk}",
        "claims": address("registry:claims"),
        "mergers": mergers_of(found, request.mandate) if request.mandate.sight.departed else None,
    }
    return render(request, "desk/person/page.html", context)


def _found_to_be(request: MandatedRequest, found: Person, pk: int) -> HttpResponse:
    """On to the page of the person whom this register number was found to be."""
    told = _("%(number)s was found to be this person.") % {"number": register_number(pk)}
    messages.info(request, told)
    return redirect("desk:person", found.pk)


@mandate_required(*CORRECTING)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MandatedRequest, pk: int) -> HttpResponse:
    """The form in which an officer sets values right, each as a new statement; 409 when it has grown
    stale. With ?request= it answers what the person asked, and leads back there.
    """
    found = get_object_or_404(Person.objects.residents_of(request.mandate).with_home(), pk=pk)
    asked = asked_in(request, found)
    form = CorrectionForm(request.POST or None, dossier=Dossier(found, request.mandate))
    if form.is_bound and form.is_valid():
        try:
            found.correct(by=request.mandate, values=form.changed, reason=form.cleaned_data["reason"],
                          seen=form.cleaned_data["seen"])  # fmt: skip
        except Conflict as conflict:
            return _both_versions(request, found, form, conflict, asked)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("Corrected. What was said before stays beside it, with its source."))
            return redirect("rights:request", asked.pk) if asked else redirect("desk:person", pk)
    context = {"person": found, "form": form, "asked": asked}
    return render(request, "desk/person/correct.html", context, status=400 if form.is_bound else 200)


def _both_versions(
    request: MandatedRequest, found: Person, form: CorrectionForm, conflict: Conflict, asked: Request | None
) -> HttpResponse:
    """What was sent beside what stands there now; nothing was saved."""
    now = Dossier(found, request.mandate).concluded
    rows = [
        (LABELS[field], value_of(field, value), value_of(field, now[field].value) if field in now else "")
        for field, value in form.changed.items()
    ]
    here = reverse("desk:correct", args=[found.pk]) + (f"?request={asked.pk}" if asked else "")
    return both_versions(request, conflict, here=here, rows=rows)
