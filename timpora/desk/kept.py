"""A session that ends keeps the form: what was sent without a session is held, sealed, for the same user.

A signed cookie remembers which user and mandate a browser last worked for, until that user signs out. Without
it nothing is kept, so that a stranger can neither fill our tables nor read another officer's form on a shared
phone. Files are not kept: they must be chosen again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from timpora import vault

COOKIE = "timpora-last"
DAYS = 7
LARGEST = 100_000  # characters; more than any form of ours
SESSION = "kept"
LEFT_OUT = ("csrfmiddlewaretoken", "photo_kept")  # the token, and a photo that a refused form gave back


class KeptForms:
    """Notices a form sent after its session ended, and leads back to it after signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            return _remember(request, response)
        if was_in:
            response.delete_cookie(COOKIE)
        elif _leads_to_sign_in(response):
            response = _hold(request, response)
        return response


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)


def _remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    mandate = getattr(request, "mandate", None)
    who = f"{request.user.pk}:{mandate.pk if mandate else ''}"
    if _last(request) != who:
        response.set_cookie(
            COOKIE, signing.dumps(who, salt=COOKIE), max_age=DAYS * 86_400, httponly=True,
            secure=settings.HTTPS, samesite="Lax",
        )  # fmt: skip
    return response


def _last(request: HttpRequest) -> str:
    """ "user:mandate" of the signed cookie; "" without a valid one."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=DAYS * 86_400))
    except signing.BadSignature:
        return ""


def _hold(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keeps a posted form in the new session, and sends the reader to sign in and then back to it."""
    who, target = _last(request), response["Location"]
    if request.method == "POST" and who:
        posted = [(name, values) for name, values in request.POST.lists() if name not in LEFT_OUT]
        fields = [(name, value) for name, values in posted for value in values]
        content = json.dumps({"path": request.path, "fields": fields})
        if len(content) <= LARGEST:
            request.session[SESSION] = [who, vault.current().seal(content, _context(who))]
            target = f"{settings.LOGIN_URL}?{urlencode({'next': reverse('desk:kept')})}"
            response["Location"] = target
    # A fragment's request would follow the redirect unseen and paste the sign-in page into the form.
    return HttpResponseClientRedirect(target) if getattr(request, "htmx", False) else response


def held(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept for the user who is signed in: {"path", "fields": [(name, value)], "mandate"}; else
    None.
    """
    who, sealed = request.session.get(SESSION) or ("", "")
    user, _, mandate = who.partition(":")
    if not sealed or user != str(request.user.pk):
        return None
    try:
        content = json.loads(vault.current().open_(sealed, _context(who)))
    except vault.SealBroken:
        return None
    return {**content, "mandate": mandate}


def let_go(request: HttpRequest) -> None:
    """Forgets what was kept."""
    request.session.pop(SESSION, None)


def _context(who: str) -> str:
    return f"kept:{who}"
