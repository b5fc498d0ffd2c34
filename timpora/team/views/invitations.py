"""Sending invitations by e-mail: one anew, or all of a kecamatan whose members have an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from timpora.team import authority, mailing
from timpora.team.access import mandate_required
from timpora.team.models import User
from timpora.team.slips import Slip
from timpora.team.views.slips import in_hand, piles_of, printed, shown


def mailed(request: Any, users: Iterable[User], back: str) -> HttpResponse:
    """Back where it was pressed, told where they went; or the slips that the server did not take."""
    door = request.build_absolute_uri(reverse("team:join"))
    outcome = mailing.send(by=request.mandate, users=users, door=door)
    if outcome.sent:
        messages.success(request, told(outcome.sent))
    if outcome.left:
        return shown(request, outcome.left, door, back, unsent=True)
    return HttpResponseRedirect(back, status=303)


def told(sent: list[Slip]) -> str:
    """Where an invitation went; of several, how many."""
    if len(sent) == 1:
        return _("The invitation was sent to %(address)s.") % {"address": sent[0].user.email}
    said = ngettext(
        "%(n)s invitation was sent by e-mail.", "%(n)s invitations were sent by e-mail.", len(sent)
    )
    return said % {"n": len(sent)}


@mandate_required(*authority.MANAGERS)
@never_cache
@require_POST
def invitation(request: Any, pk: int) -> HttpResponse:
    """A fresh invitation for one member, by e-mail; without an address or a server it is a slip."""
    user = in_hand(request, pk)
    if user is None:
        return redirect("team:list")
    if not mailing.reaches(user):
        return printed(request, [user], reverse("team:list"))
    return mailed(request, [user], reverse("team:absent"))


@mandate_required(*authority.MANAGERS)
@never_cache
@require_POST
def invitations(request: Any) -> HttpResponse:
    """Fresh invitations for all of a `place` who have an address; the others still need their slip."""
    found = User.objects.in_bulk(piles_of(request.mandate).get(request.POST.get("place", ""), []))
    users = [user for user in found.values() if mailing.reaches(user)]
    if not users:
        messages.info(request, _("Nobody there waits for an invitation by e-mail."))
        return redirect("team:slips")
    return mailed(request, users, reverse("team:slips"))
