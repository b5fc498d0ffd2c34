"""The user names a shared phone remembers, if its users wished: in a signed cookie, nowhere on the server."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "timpora-device"
KEPT = 6  # names; the latest first
DAYS = 180
PATH = "/"


def names(request: HttpRequest) -> list[str]:
    """The remembered user names, the latest first; none from a cookie that was altered."""
    try:
        found = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=DAYS * 86400)
    except signing.BadSignature:
        return []
    return [name for name in (found or "").split("|") if name][:KEPT]


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """This device offers the user name from now on."""
    kept = [username, *(name for name in names(request) if name != username)][:KEPT]
    response.set_signed_cookie(
        COOKIE, "|".join(kept), salt=COOKIE, max_age=DAYS * 86400, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    """This device offers no user name any more."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
