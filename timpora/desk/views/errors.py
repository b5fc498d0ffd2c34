"""Our own pages for what goes wrong. None of them asks the database: it may be what went wrong."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what was too large to be read."""
    if not isinstance(exception, TOO_LARGE):
        return _plain(400)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if isinstance(exception, RequestDataTooBig) else None
    return _plain(413, limit=limit, back=_came_from(request))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing, or nothing within the mandate; both read alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is locked, full or away: then nothing was half-saved, and it will be
    back.
    """
    fault = sys.exc_info()[1]
    while fault is not None and not isinstance(fault, OperationalError | InterfaceError):
        fault = fault.__cause__ or fault.__context__
    return _plain(500 if fault is None else 503)


def _plain(status: int, **context: Any) -> HttpResponse:
    """The page without a request: no session, user or notice is looked up for it."""
    response = HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def _came_from(request: HttpRequest) -> str:
    """The page of ours whose form was sent, as the browser names it; "" where it names none."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else ""
