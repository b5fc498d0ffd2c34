"""The devices on which a user works without network: prepared with the PIN, seen, given up, reported lost."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.inbound import envelope
from timpora.inbound.models import Device, Item
from timpora.ledger.refusal import Refusal
from timpora.team import authority
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Post
from timpora.team.roles import Role

HEADER = "X-Timpora-Device"


def device_of(request: HttpRequest) -> Device | None:
    """The device that says it asks; None where it names none that was ever prepared here."""
    try:
        number = UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return None
    found: Device | None = Device.objects.select_related("user").filter(number=number).first()
    return found


@never_cache
@require_POST
@mandate_required(Role.VILLAGE)
def joining(request: MandatedRequest) -> HttpResponse:
    """Prepares this device, once the user's PIN or password was typed again; the key is made of it there."""
    try:
        said: Any = json.loads(request.body)
        secret, label = str(said["secret"]), str(said.get("label", ""))
        before = UUID(said["instead"]) if said.get("instead") else None
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"sentence": _("Please type your PIN or password.")}, status=400)
    # Through the door's own guard, so that guesses are counted as they are at the sign-in.
    if authenticate(request, username=request.user.get_username(), password=secret) is None:
        sentence = _("This is not your present PIN or password.")
        return JsonResponse({"sentence": sentence}, status=422)
    try:
        device = Device.objects.join(by=request.mandate.user, label=label, instead=before)
    except Refusal as refusal:
        return JsonResponse({"sentence": str(refusal), "code": refusal.code}, status=422)
    return JsonResponse({"device": str(device.number), "key": envelope.public_key()})


@require_safe
@login_required
def devices(request: Any) -> HttpResponse:
    """One's own devices, and what was sent from them in the last ninety days."""
    mine = Device.objects.of(request.user)
    context = {"devices": mine.live(), "ended": mine.exclude(ended_at=None)[:5],
               "items": Item.objects.of(request.user)[:100]}  # fmt: skip
    return render(request, "inbound/devices.html", context)


@require_POST
@login_required
def ending(request: Any, number: UUID) -> HttpResponse:
    """A device is lost or given up: it wipes itself when it next asks."""
    device = get_object_or_404(Device.objects.of(request.user), number=number)
    lost = request.POST.get("ending") == Device.Ending.LOST
    by = request.mandate or request.user
    device.end(by=by, ending=Device.Ending.LOST if lost else Device.Ending.GIVEN_UP)
    return redirect("inbound:devices")


@require_safe
@mandate_required(*authority.MANAGERS)
def phones(request: MandatedRequest, pk: int) -> HttpResponse:
    """The devices of whoever serves on a post one manages: who lost theirs has no other to say so with."""
    post = _managed(request, pk)
    context = {"post": post, "devices": Device.objects.serving(post).select_related("user")}
    return render(request, "inbound/phones.html", context)


@require_POST
@mandate_required(*authority.MANAGERS)
def loss(request: MandatedRequest, pk: int, number: UUID) -> HttpResponse:
    """A device of theirs is lost."""
    device = get_object_or_404(Device.objects.serving(_managed(request, pk)), number=number)
    device.end(by=request.mandate, ending=Device.Ending.LOST)
    messages.success(request, _("The phone removes everything as soon as it next finds a network."))
    return HttpResponseRedirect(reverse("inbound:phones", args=[pk]), status=303)


def _managed(request: MandatedRequest, pk: int) -> Post:
    found: Post = get_object_or_404(Post.objects.manageable_by(request.mandate).with_places(), pk=pk)
    return found
