"""The pages and files that a browser keeps: the pocket, its list, the service worker, the manifest."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timpora.inbound import forms, pocket, words
from timpora.inbound.views.devices import device_of
from timpora.ledger import book
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role

MODULES = ("page", "worker", "outbox", "store", "crypto", "view", "panels", "lock")
CHECKING = ("shell", "signed")  # the page that tells whether a receipt is genuine
PHOTO = ("photo", "picture")
IMAGES = ("timpora.svg", "tray.svg", "house.svg")


@require_safe
@mandate_required(Role.VILLAGE)
def shell(request: MandatedRequest) -> HttpResponse:
    """The page that opens without network. It holds no personal data: the same for every village officer."""
    context = {
        "report": forms.report(request.mandate),
        "resident": forms.resident(request.mandate),
        "nations": forms.nation_names(),
        "answers": forms.answers(),
        "words": words.words(),
        "version": version(),
    }
    response = render(request, "inbound/pocket.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@require_safe
@mandate_required(Role.VILLAGE)
def contents(request: MandatedRequest) -> HttpResponse:
    """The village as far as the mandate may see it, for a device that was prepared with the present PIN."""
    device = device_of(request)
    if device is None or device.user_id != request.user.pk or device.ended_at:
        return JsonResponse({"state": "ended"}, status=410)
    if not device.is_prepared:
        return JsonResponse({"state": "stale"}, status=409)
    device.seen()
    found = pocket.contents(request.mandate)
    with book.writing():
        book.record("pocket.fetched", by=request.mandate, area=found["village"]["code"],
                    subject=f"device:{device.pk}")  # fmt: skip
    return JsonResponse(found)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may answer for every page."""
    response = render(
        request,
        "inbound/sw.js",
        {"files": kept_files(), "version": version()},
        content_type="text/javascript",
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a browser needs to install Timpora on the home screen."""
    icon = {"src": static("img/timpora.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": "Timpora", "short_name": "Timpora", "id": "/pocket/", "start_url": "/pocket/", "scope": "/",
        "display": "standalone", "background_color": "#fffdfa", "theme_color": "#fffdfa",
        "description": _("Report who lives in the village, with or without network."),
        "icons": [icon | {"purpose": "any"}, icon | {"purpose": "maskable"}],
    }  # fmt: skip
    response = JsonResponse(content, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def version() -> str:
    """Changes whenever one of the kept files does."""
    return f"pocket-{sha256(' '.join(kept_files()).encode()).hexdigest()[:10]}"


def kept_files() -> list[str]:
    """The addresses of all that the page needs without network; their names carry their content's hash."""
    modules = [static(f"js/pocket/{name}.js") for name in MODULES]
    modules += [static(f"js/{name}.js") for name in (*CHECKING, *PHOTO)]
    return [static("timpora.css"), *modules, *(static(f"img/{name}") for name in IMAGES)]
