"""Who gets in at a view's door: signed in, with a live mandate of the right role; else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from timpora.team.models import Mandate
from timpora.team.roles import MEMBERS

type_view = Callable[..., HttpResponse]


class MandatedRequest(HttpRequest):
    """A request that carries the mandate its user acts under (set by MandateMiddleware)."""

    mandate: Mandate
    mandates: list[Mandate]


def mandate_required(*roles: str) -> Callable[[type_view], type_view]:
    """Guards a view: sign-in page without a user, 404 without a live mandate of one of `roles` (without any
    named: of any member of a team).
    """
    allowed = roles or MEMBERS

    def guard(view: type_view) -> type_view:
        @wraps(view)
        def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.mandate is None or request.mandate.role not in allowed:
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return guard
