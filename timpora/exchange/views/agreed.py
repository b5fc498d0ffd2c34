"""The agreed list to fetch: said first what it holds, fetched for a purpose."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from timpora.exchange import words
from timpora.exchange.agreed import Agreed, fetch
from timpora.exchange.forms import PurposeForm
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.views.answers import XLSX
from timpora.ledger.refusal import Refusal
from timpora.sheets import csv, xlsx
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required(*LISTING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreed(request: MandatedRequest) -> HttpResponse:
    """What the list holds for the reader; a POST with a purpose is answered by the file."""
    form = PurposeForm(request.POST or None, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            return _file(request, form.cleaned_data["purpose"], form.cleaned_data["form"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    found = Agreed(request.mandate)
    entries = found.entries() if found.fields else []
    context = {
        "form": form, "agreed": found, "fields": [words.field(name) for name in found.fields],
        "number": len(entries), "clear": sum(not entry.gaps for entry in entries), "others": found.others(),
    }  # fmt: skip
    return render(request, "exchange/agreed.html", context, status=400 if form.is_bound else 200)


def _file(request: MandatedRequest, purpose: str, kind: str) -> HttpResponse:
    found, mark = fetch(request.mandate, purpose=purpose, form=kind)
    columns, rows = found.columns(), found.rows(mark)
    body = csv(columns, rows) if kind == "csv" else xlsx(columns, rows, _("Agreed list"), mark=mark)
    return HttpResponse(
        body, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="daftar-sepakat.{kind}"'},
    )  # fmt: skip
