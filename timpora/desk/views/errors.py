"""Our own pages for what goes wrong. None of them asks the database: it may be what went wrong."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what was too large to be read."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return _plain(status)


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


def _plain(status: int) -> HttpResponse:
    """The page without a request: no session, user or notice is looked up for it."""
    response = HttpResponse(loader.render_to_string(f"{status}.html"), status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response
