"""How a view passes on a verb's no: the page it was asked on with the sentence, or both versions (409)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timpora.ledger.refusal import Conflict, Refusal

Answer = Callable[..., HttpResponse]


def refusals_to(answer: Answer) -> Callable[[Answer], Answer]:
    """Guards a view: what its verb refuses is answered by `answer(request, refusal, …)`, given what the view
    was given.
    """

    def guard(view: Answer) -> Answer:
        @wraps(view)
        def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                return answer(request, refusal, *args, **kwargs)

        return inner

    return guard


def both_versions(
    request: HttpRequest, refusal: Refusal, *, here: str, rows: Iterable[tuple[object, str, str]] = ()
) -> HttpResponse:
    """409: what the sender had before them beside what stands there now (label, theirs, now); nothing was
    saved. `here` leads to the present version.
    """
    context = {"sentence": refusal.message, "rows": rows, "here": here}
    return render(request, "409.html", context, status=Conflict.status)
