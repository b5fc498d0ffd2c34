"""A place's figures as a text to share with a group that people have already."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from timpora.ledger import book
from timpora.recaps import sharing
from timpora.recaps.views.counts import Asked, counts, ledger_area, moment_of
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required()
@require_GET
def text(request: MandatedRequest, code: str) -> HttpResponse:
    """The text to copy or to share by WhatsApp; noted in the ledger. 404 below the kecamatan and above
    one's own.
    """
    asked = Asked.of(request, code)
    if not asked.shown.whole or (asked.place.level or 0) > sharing.LOWEST:
        raise Http404
    if not asked.form.is_valid():
        return counts(request, code)  # which says what is wrong with the day
    said = sharing.text(asked.place, asked.form.cleaned_data["on"], asked.form.cleaned_data["known"])
    with book.writing():
        book.record(
            "counts.shared", by=request.mandate, area=ledger_area(asked.place), subject=f"counts:{code}"
        )
    context = {
        "place": asked.place,
        "text": said,
        "rows": said.count("\n") + 2,
        "link": f"https://wa.me/?text={quote(said)}",
        "moment": moment_of(request),
    }
    return render(request, "recaps/sharing.html", context)
