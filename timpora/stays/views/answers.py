"""What the pages of lodgings share: who gets in, which row is meant, where to next."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from timpora.stays.models import KEEPERS, Lodging, Stay
from timpora.team.access import MandatedRequest
from timpora.team.models import Mandate
from timpora.team.roles import WORKING, Role

HOST = (Role.LODGING,)
SEEING = (*WORKING, Role.LODGING)
FORM = ["GET", "HEAD", "POST"]
__all__ = ["FORM", "HOST", "KEEPERS", "SEEING", "door", "entered", "kept", "own", "own_lodging", "see_other",
           "visible"]  # fmt: skip


def see_other(name: str, *args: Any) -> HttpResponseRedirect:
    """On to a page after something was done."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def own_lodging(mandate: Mandate) -> Lodging:
    """The lodging a host acts for; 404 for a post without one."""
    found: Lodging | None = Lodging.objects.with_places().filter(post=mandate.post_id).first()
    if found is None:
        raise Http404
    return found


def visible(request: MandatedRequest, number: int) -> Stay:
    """A stay this mandate may see; 404 for any other."""
    stay: Stay = get_object_or_404(Stay.objects.visible_to(request.mandate).with_all(), pk=number)
    return stay


def own(request: MandatedRequest, number: int) -> Stay:
    """A stay of the host's own lodging."""
    mine = Stay.objects.with_all().filter(lodging__post=request.mandate.post_id)
    stay: Stay = get_object_or_404(mine, pk=number)
    return stay


def entered(request: MandatedRequest, number: int) -> Stay:
    """A stay of the host's own lodging, or one that this post brought with a list; 404 for any other."""
    post = request.mandate.post_id
    mine = Stay.objects.visible_to(request.mandate).filter(Q(lodging__post=post) | Q(mandate__post=post))
    stay: Stay = get_object_or_404(mine.with_all(), pk=number)
    return stay


def kept(request: MandatedRequest, number: int) -> Lodging:
    """A lodging that this mandate closes and invites to; 404 for any other."""
    found: Lodging = get_object_or_404(Lodging.objects.kept_by(request.mandate).with_places(), pk=number)
    return found


def door(request: MandatedRequest) -> str:
    """The full address of the page on which anybody checks a paper."""
    return request.build_absolute_uri(reverse("papers:check"))
