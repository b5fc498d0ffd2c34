"""A member's own WhatsApp: connected by a one-time code, seen, disconnected."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.rooms import line
from timpora.rooms.line.notices import preview
from timpora.rooms.models import Binding, BindingCode, Incoming, LineNumber
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.slips import drawn

SHOWN = 10  # messages


def _with_line(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 where there is no line: nothing of it is there, so nothing of it is broken."""

    @wraps(view)
    def inner(*args: Any, **kwargs: Any) -> HttpResponse:
        if not line.is_open():
            raise Http404
        return view(*args, **kwargs)

    return inner


@mandate_required()
@_with_line
@require_safe
def whatsapp(request: MandatedRequest) -> HttpResponse:
    """Whether the reader's WhatsApp is connected, how to do it, and what came from it last."""
    return _page(request)


@mandate_required()
@_with_line
@never_cache
@require_POST
def codes(request: MandatedRequest) -> HttpResponse:
    """A fresh one-time code for oneself, shown this once."""
    made, code = BindingCode.objects.issue(by=request.mandate.user)
    number = LineNumber.objects.own()
    link = f"https://wa.me/{number.digits}?text={quote(code)}" if number.digits else ""
    path, size = drawn(link or code)
    return _page(request, code=code, until=made.expires_at, link=link, path=path, size=size)


@mandate_required()
@_with_line
@require_POST
def ending(request: MandatedRequest) -> HttpResponse:
    """The reader's WhatsApp is disconnected: neither notices nor commands any more."""
    binding = Binding.objects.of(request.mandate.user)
    if binding is not None and binding.end(by=request.mandate):
        messages.success(request, _("Your WhatsApp is disconnected."))
    return redirect("rooms:whatsapp")


def _page(request: MandatedRequest, **more: Any) -> HttpResponse:
    binding = Binding.objects.of(request.mandate.user)
    context = {
        "binding": binding,
        "number": LineNumber.objects.own(),
        "preview": preview(request.mandate.user),
        "came": Incoming.objects.filter(binding=binding).order_by("-sent_at")[:SHOWN] if binding else (),
        "zone": request.mandate.post.zone,
    }
    return render(request, "rooms/whatsapp.html", context | more)
