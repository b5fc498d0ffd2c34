"""The request of the province or the nation to see one person for a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from timpora.desk.forms import RequestForm
from timpora.ledger.refusal import Refusal
from timpora.registry.models import Opening, Person
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal
from timpora.team.roles import Role


@mandate_required(Role.COUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: MandatedRequest) -> HttpResponse:
    """The form, and what is open to this mandate now."""
    form = RequestForm(request.POST or None, label_suffix="")
    if form.is_bound and form.is_valid():
        near = Person.objects.living_in(request.mandate.codes)
        person = near.numbered(form.cleaned_data["number"]).first()
        try:
            opening = Opening.objects.request(
                by=request.mandate, person=person, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("desk:person", opening.person_id)
    openings = Opening.objects.live().filter(mandate_id=request.mandate.pk).order_by("until")
    context = {"form": form, "openings": openings.select_related("person")}
    return render(request, "desk/person/request.html", context, status=400 if form.is_bound else 200)
