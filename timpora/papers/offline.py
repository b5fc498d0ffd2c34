"""The page that checks a signed line: in the browser, without a network; without a script on the server."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from timpora.papers import signing
from timpora.papers.models import SigningKey

KEPT = 7 * 86_400  # seconds for which a browser may show the page from its own cache


class LineForm(forms.Form):
    """What stands in the second code of a receipt."""

    line = forms.CharField(
        label=_("What the code says"),
        max_length=1_000,
        help_text=_("It begins with TIMPORA1. Scan the code beside “tanpa jaringan”, or paste its text."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_line(self) -> str:
        """The line alone, also where the whole address was pasted."""
        return signing.line_of(self.cleaned_data["line"])


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: HttpRequest) -> HttpResponse:
    """The page with the public keys in it. Nothing that is checked is kept, and who checks is not noted."""
    form = LineForm(request.POST or None)
    keys = SigningKey.objects.points()
    context: dict[str, Any] = {
        "form": form,
        "keys": {name: base64.b64encode(point).decode() for name, point in keys.items()},
    }
    if form.is_bound and form.is_valid():
        context["asked"], context["found"] = True, signing.checked(form.cleaned_data["line"], keys)
    refused = form.is_bound and not form.is_valid()
    response = render(request, "papers/offline.html", context, status=400 if refused else 200)
    if request.method != "POST":
        patch_cache_control(response, private=True, max_age=KEPT)
    return response
