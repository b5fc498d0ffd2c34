"""What the pages of lists share: who gets in, which list is meant, where to next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from timpora.exchange.models import Batch
from timpora.sheets import csv, xlsx
from timpora.team.access import MandatedRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def see_other(name: str, *args: Any) -> HttpResponseRedirect:
    """On to a page after something was done."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def visible(request: MandatedRequest, number: int) -> Batch:
    """A list this mandate may see; 404 for any other."""
    batch: Batch = get_object_or_404(Batch.objects.visible_to(request.mandate).with_places(), pk=number)
    return batch


def own(request: MandatedRequest, number: int) -> Batch:
    """A list of the mandate's own agency that it works on; 404 for any other."""
    batch = visible(request, number)
    if not batch.is_handled_by(request.mandate):
        return get_object_or_404(Batch.objects.none())
    return batch


def table(name: str, form: str, columns: Any, rows: Any) -> HttpResponse:
    """A table to fetch, XLSX or CSV, under a name that tells nothing of anybody."""
    content = csv(columns, rows) if form == "csv" else xlsx(columns, rows)
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
