"""Where a phone's items arrive, one at a time, so that a bad one never holds up another."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.inbound import envelope
from timpora.inbound.models import Device
from timpora.inbound.parcel import Unreadable, parcel
from timpora.inbound.turning import Outcome, turn
from timpora.inbound.views.devices import device_of
from timpora.reports.developing import AIM
from timpora.team.roles import Role

STATUS = {"accepted": 200, "refused": 422, "conflict": 409, "waiting": 503}
# Bytes: the longest form of ours is a twentieth of the first part; a photo is base64 in base64.
LARGEST = 100_000 + AIM * 2


@never_cache
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """What a phone asks before it sends: who is signed in, its token, the time, whether it may go on."""
    device = device_of(request)
    user = request.user if request.user.is_authenticated else None
    village = any(mandate.role == Role.VILLAGE for mandate in getattr(request, "mandates", []))
    return JsonResponse({
        "user": {"id": user.pk, "name": user.get_username()} if user else None,
        "village": village,
        "device": _standing_of(device),
        "key": envelope.public_key(),
        "token": get_token(request),
        "now": timezone.now().isoformat(),
    })  # fmt: skip


@never_cache
@require_POST
def items(request: Any) -> HttpResponse:
    """Takes one item in; the answer says in words what became of it."""
    device = device_of(request)
    if device is None or device.ended_at:
        return JsonResponse({"state": "ended"}, status=410)
    if not request.user.is_authenticated or request.user.pk != device.user_id:
        return JsonResponse({"state": "signed_out"}, status=401)
    device.seen()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        # The phone knows the way out: the same item without its photo.
        said = _("This is larger than what can be sent. Please take the photo out, or write less.")
        return _answer(Outcome("refused", said, code="too_large", fields={"photo": [said]}))
    try:
        found = parcel(_sent(request))
    except Unreadable as fault:
        return _answer(Outcome("refused", str(fault), code=fault.code))
    mandate = _mandate(request, found.about.get("mandate", ""))
    if mandate is None:
        return JsonResponse({"state": "no_post"}, status=403)
    return _answer(turn(mandate, device, found))


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = None
    return sent if isinstance(sent, dict) else {}


def _mandate(request: Any, number: str) -> Any:
    """The village mandate under which it was written, if it is still in force; else the user's other one."""
    mine = [mandate for mandate in request.mandates if mandate.role == Role.VILLAGE]
    return next((mandate for mandate in mine if str(mandate.pk) == number), None)


def _answer(outcome: Outcome) -> HttpResponse:
    return JsonResponse(asdict(outcome), status=STATUS[outcome.state])


def _standing_of(device: Device | None) -> str:
    if device is None:
        return "unknown"
    if device.ended_at:
        return "ended"
    return "ready" if device.is_prepared else "stale"
