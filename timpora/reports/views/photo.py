"""The photo of a report, for whoever may see the report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timpora.reports.models import Photo
from timpora.reports.views.lists import visible
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import WORKING

HEADERS = {
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@never_cache
@require_safe
@mandate_required(*WORKING)
def photo(request: MandatedRequest, number: int) -> HttpResponse:
    """The JPEG; 404 where there is none, or none any more."""
    kept = Photo.objects.kept().filter(report=visible(request, number)).select_related("report")
    data = get_object_or_404(kept).look(by=request.mandate)
    return HttpResponse(data, content_type="image/jpeg", headers=HEADERS)
