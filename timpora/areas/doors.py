"""Who gets in at this app's pages. Areas are public facts: whoever is signed in reads them, operators change
them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from timpora.areas import codes

OPERATOR = "operator"
"""The role's name in `team`, which lies above this app and is therefore not imported."""


def mandate_of(request: HttpRequest) -> Any:
    """The mandate the request acts under; None for none."""
    return getattr(request, "mandate", None)


def is_operator(request: HttpRequest, office: str = "") -> bool:
    """True when the user acts as an operator; with `office`, as one of that office or of the whole nation."""
    mandate = mandate_of(request)
    if getattr(mandate, "role", None) != OPERATOR:
        return False
    return not office or mandate.post.office_id == office or codes.NATION in mandate.codes


def operators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guards a view on an office (`code`): the sign-in page without a user, 404 for all but its operators."""

    @login_required
    @wraps(view)
    def inner(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        if not is_operator(request, code):
            raise Http404
        return view(request, code, **kwargs)

    return inner
