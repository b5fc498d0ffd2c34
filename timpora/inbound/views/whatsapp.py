"""The webhook of WhatsApp's provider: proves who calls, keeps what came, and answers."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from timpora.inbound.line.receiving import receive
from timpora.rooms import line
from timpora.rooms.models import LineCount

LARGEST = 4 * 2**20  # bytes; the provider sends 3 MB at most


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest) -> HttpResponse:
    """The handshake, or a delivery. 403 for whoever can't prove to be the provider; 404 without a line."""
    if not line.is_open():
        raise Http404
    return _handshake(request) if request.method == "GET" else _delivery(request)


def _handshake(request: HttpRequest) -> HttpResponse:
    """Gives the challenge back to whoever knows our word."""
    asked = request.GET
    known = constant_time_compare(asked.get("hub.verify_token", ""), settings.WHATSAPP_VERIFY_TOKEN)
    if asked.get("hub.mode") != "subscribe" or not known:
        return _plain("", 403)
    return _plain(asked.get("hub.challenge", ""), 200)


def _delivery(request: HttpRequest) -> HttpResponse:
    """200 once everything is kept: only then does the provider forget it. What is forged leaves a count."""
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return _plain("", 413)
    if not line.provider().is_genuine(raw, request.headers.get("X-Hub-Signature-256", "")):
        LineCount.objects.add(LineCount.What.FORGED)
        return _plain("", 403)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        LineCount.objects.add(LineCount.What.UNREAD)
        return _plain("", 400)
    receive(body)
    return _plain("ok", 200)


def _plain(said: str, status: int) -> HttpResponse:
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
