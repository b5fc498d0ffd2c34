"""The door of the pages that foreign nationals read: their language, their cookie, what no browser may keep.

The cookie is theirs alone, signed with a salt of its own and sent to these addresses only; it is no officer's
session, and an officer who is signed in on the same device stays so, unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from timpora.rights.mine import languages
from timpora.rights.models import TranslationReview, Visit
from timpora.rights.models.link import OPEN_FOR

COOKIE = "timpora-my-data"
SALT = "rights.my-data"
PATH = "/my-data/"
Page = Callable[..., HttpResponse]


class Key(NamedTuple):
    """What the cookie holds: the hash of the code that was opened, or the visit it led to."""

    code: str = ""
    visit: int = 0


def key_of(request: HttpRequest) -> Key:
    """The key of this browser; an empty one where there is none, it was altered, or half an hour is over."""
    try:
        code, visit = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return Key()
    return Key(str(code), int(visit))


def keep(response: HttpResponse, key: Key) -> HttpResponse:
    """The response, after which the browser holds this key for half an hour."""
    response.set_cookie(
        COOKIE, signing.dumps(list(key), salt=SALT), max_age=OPEN_FOR, path=PATH, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """The response, after which the browser holds no key."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit whose half hour runs in this browser, while its link is in force."""
    key = key_of(request)
    found: Visit | None = Visit.objects.open().select_related("link__person").filter(pk=key.visit).first()
    return found if found and found.link.is_in_force else None


def their_page(view: Page) -> Page:
    """Guards a page of theirs: in the language of its reader, kept by no browser, found by no search engine,
    and not tried a hundred times a minute.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = languages.chosen(request)
        with translation.override(language):
            if ratelimit.consume(request, action="my_data"):
                response = view(request, *args, **kwargs)
            else:
                response = show(request, "rights/mine/pause.html", status=429)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        if request.GET.get("language") == language:
            response.set_cookie(languages.COOKIE, language, path=PATH, httponly=True, samesite="Lax",
                                secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
        return response

    return inner


def inside(view: Page) -> Page:
    """Guards a page of theirs that needs a visit, which the view is given; without one leads to the door."""

    @their_page
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = visit_of(request)
        return redirect("rights:my_data") if visit is None else view(request, visit, *args, **kwargs)

    return inner


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, **more: Any
) -> HttpResponse:
    """A page of theirs with what each of them shows: the languages, and whether a machine wrote the text."""
    language = translation.get_language() or "id"
    shell = {
        "languages": languages.LANGUAGES,
        "direction": languages.direction(language),
        "machine": language in languages.TRANSLATED and TranslationReview.objects.of(language) is None,
    }
    return render(request, template, {**(context or {}), **shell}, **more)
