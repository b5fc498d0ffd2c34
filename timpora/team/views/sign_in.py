"""What someone reads who tried to sign in too often."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def paused(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """The page "please wait" with the minutes of the pause; passkeys and new slips pass it by."""
    pause = get_cool_off(request)
    minutes = ceil(pause.total_seconds() / 60) if pause else None
    return render(request, "429.html", {"minutes": minutes}, status=429)
