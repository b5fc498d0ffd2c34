"""Sets `request.mandates` (the user's live mandates) and `request.mandate` (the one acted under)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from timpora.team.models import Mandate


class MandateMiddleware:
    """Asks the database on each request, so that a mandate that ends has ended on every device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mandates: list[Mandate] = []
        if request.user.is_authenticated:
            mandates = Mandate.objects.in_hand(request.user)
        chosen = request.session.get("mandate")
        request.mandates = mandates  # type: ignore[attr-defined]
        request.mandate = next(  # type: ignore[attr-defined]
            (m for m in mandates if m.pk == chosen), mandates[0] if mandates else None
        )
        return self.get_response(request)
