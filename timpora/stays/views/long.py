"""Guests who stay long: whether they live there is the village's word, never a consequence of the nights."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.registry.models import Person
from timpora.reports.models import Draft
from timpora.stays import shown
from timpora.stays.models import KEEPERS, Stay, Word
from timpora.stays.views.answers import see_other, visible
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role

ASKED = (Role.VILLAGE, Role.DISTRICT)


@mandate_required(*ASKED)
@never_cache
@require_safe
def long(request: MandatedRequest) -> HttpResponse:
    """Whom a village is asked about; that they were read is noted."""
    mandate = request.mandate
    with book.writing():
        book.record("guests.opened", by=mandate, area=mandate.post.area_id or "",
                    subject=f"area:{mandate.post.area_id}", fields=("long",))  # fmt: skip
    guests = shown.guests(Stay.objects.long(mandate).with_all(), mandate)
    return render(request, "stays/long.html", {"guests": guests})


def _asked(request: MandatedRequest, number: int) -> Stay:
    found: Stay = get_object_or_404(Stay.objects.long(request.mandate).with_all(), pk=number)
    return found


@require_POST
@mandate_required(*ASKED)
def residence(request: MandatedRequest, number: int) -> HttpResponse:
    """Lives here: the report's form, filled with what this post sees of the guest. Nothing is sent yet."""
    stay, mandate = _asked(request, number), request.mandate
    if Draft.objects.filter(mandate=mandate.pk).exists():
        messages.warning(request, _("You have begun a report already. Send it or discard it first."))
        return see_other("reports:new")
    seen = shown.open_fields(mandate)
    values = {name: stay.values[name] for name in seen if stay.values.get(name)}
    values |= {
        "kind": "present", "address": stay.lodging.full_address[:250],
        "event_on": stay.arrived_on.isoformat(), "area": stay.lodging.area_id,
    }  # fmt: skip
    Draft.objects.keep(by=mandate, values=values)
    Word.objects.give(stay, by=mandate, says=Word.Says.LIVES)
    return see_other("reports:new")


@require_POST
@mandate_required(*ASKED)
def word(request: MandatedRequest, number: int) -> HttpResponse:
    """A guest still: asked again after as many nights."""
    Word.objects.give(_asked(request, number), by=request.mandate, says=Word.Says.GUEST)
    messages.success(request, _("Noted. You are asked again if the guest stays on."))
    return see_other("stays:long")


@require_POST
@mandate_required(*KEEPERS)
def identity(request: MandatedRequest, number: int) -> HttpResponse:
    """An officer's word that a guest is none of those the registry takes them for."""
    stay = visible(request, number)
    person = request.POST.get("person", "")
    whom = (
        get_object_or_404(Person.objects.visible_to(request.mandate), pk=person)
        if person.isdecimal()
        else None
    )
    try:
        stay.decide(by=request.mandate, person=whom)
        messages.success(request, _("Your word is kept. The figures follow it."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return see_other("stays:stay", stay.pk)
