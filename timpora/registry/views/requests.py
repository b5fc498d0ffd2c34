"""The request of a person that a page answers."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from timpora.registry.models import Person, Request
from timpora.team.access import MandatedRequest


def asked_in(request: MandatedRequest, person: Person) -> Request | None:
    """The person's own request that the address names by ?request=; None without one, 404 for any other."""
    number = request.GET.get("request", "")
    if not number:
        return None
    theirs = Request.objects.visible_to(request.mandate).filter(person=person)
    found: Request = get_object_or_404(theirs, pk=number if number.isdecimal() else 0)
    return found
