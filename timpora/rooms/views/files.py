"""Files of a room, only ever to be kept: no browser opens one on our address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timpora.rooms.models import Attachment
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required()
@never_cache
@require_safe
def file(request: MandatedRequest, pk: int) -> HttpResponse:
    """The bytes as they were sent, under a name that nothing runs."""
    kept = Attachment.objects.visible_to(request.mandate).kept().select_related("message__thread", "body")
    name, data = get_object_or_404(kept, pk=pk).fetch(by=request.mandate)
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
