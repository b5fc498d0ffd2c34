"""An officer's page about somebody's own page: give a link, see what became of it, end it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.registry.models import Person, Request
from timpora.rights.models import Link
from timpora.rights.slip import Slip
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING

SHOWN = 5


def _refused(request: MandatedRequest, refusal: Refusal, pk: int, **more: int) -> HttpResponse:
    return _page(request, _person(request, pk), refusal)


@mandate_required(*WORKING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_to(_refused)
def links(request: MandatedRequest, pk: int) -> HttpResponse:
    """The links a person was given, and by POST a new one: its slip is shown this once."""
    person = _person(request, pk)
    if request.method != "POST":
        return _page(request, person)
    link, code = Link.objects.give(by=request.mandate, person=person)
    slip = Slip.of(link, code, door=request.build_absolute_uri(reverse("rights:my_data")))
    return render(request, "rights/slip.html", {"slip": slip, "back": reverse("rights:links", args=[pk])})


@require_POST
@mandate_required(*WORKING)
@refusals_to(_refused)
def end(request: MandatedRequest, pk: int, number: int) -> HttpResponse:
    """The link opens nothing any more."""
    link: Link = get_object_or_404(Link.objects.of(_person(request, pk)), pk=number)
    link.end(by=request.mandate)
    messages.success(request, _("The link has ended. Whoever was reading is shown out."))
    return redirect("rights:links", pk)


def _person(request: MandatedRequest, pk: int) -> Person:
    found: Person = get_object_or_404(Person.objects.visible_to(request.mandate), pk=pk)
    return found


def _page(request: MandatedRequest, person: Person, refusal: Refusal | None = None) -> HttpResponse:
    given = Link.objects.of(person).prefetch_related("visits", "misses")
    context = {
        "person": person,
        "links": given[:SHOWN],
        "refusal": refusal,
        "requests": Request.objects.visible_to(request.mandate).filter(person=person).order_by("-pk")[:SHOWN],
        "answers": request.mandate.sight.departed,
    }
    return render(request, "rights/links.html", context, status=refusal.status if refusal else 200)
