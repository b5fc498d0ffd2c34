"""What was typed and not sent: kept while typing and when a form was refused."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from timpora.reports.forms import MORE, ReportForm
from timpora.reports.models import Draft, Report
from timpora.reports.views.answers import see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate
from timpora.team.roles import WORKING

NAMES = tuple(name for name in (*ReportForm.base_fields, *MORE) if name != "photo")  # kept nowhere unsent
LONGEST = 2000  # letters of one field that are kept: more than any field takes, too little to fill a disk


def typed(data: QueryDict) -> dict[str, str]:
    """The values of the form's fields as they were typed, the date's parts too."""
    values = {name: str(data[name])[:LONGEST] for name in NAMES if data.get(name)}
    birth_date: str = ReportForm.base_fields["birth_date"].widget.value_from_datadict(data, {}, "birth_date")
    return values | ({"birth_date": birth_date[:LONGEST]} if birth_date else {})


def keep(mandate: Mandate, data: QueryDict) -> None:
    """Keeps the draft; not of a report that was sent in the meantime."""
    values = typed(data)
    number = values.pop("sent_id", "")
    if number and _was_sent(mandate, number):
        return
    Draft.objects.keep(by=mandate, values=values | {"sent_id": number} if values else {})


@require_POST
@mandate_required(*WORKING)
def draft(request: MandatedRequest) -> HttpResponse:
    """Keeps what is typed so far."""
    keep(request.mandate, request.POST)
    if getattr(request, "htmx", False):
        return render(request, "reports/_kept.html")
    return see_other("reports:new")


@require_POST
@mandate_required(*WORKING)
def discard(request: MandatedRequest) -> HttpResponse:
    """Throws the draft away."""
    Draft.objects.discard(by=request.mandate)
    return see_other("reports:new")


def _was_sent(mandate: Mandate, number: str) -> bool:
    try:
        sent_id = UUID(number)
    except ValueError:
        return False
    return bool(Report.objects.filter(sender=mandate.user_id, sent_id=sent_id).exists())
