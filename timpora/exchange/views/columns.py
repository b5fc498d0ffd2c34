"""What the columns of a list mean: recognised, shown with samples, confirmed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from timpora.exchange.forms import MappingForm
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.reading import Inspection, inspect
from timpora.exchange.models import Batch, ColumnMap
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.views.answers import own, see_other
from timpora.ledger.refusal import Refusal
from timpora.team.access import MandatedRequest, mandate_required


@mandate_required(*LISTING)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: MandatedRequest, number: int) -> HttpResponse:
    """Each heading with the field it was taken for and three of its values; by POST the dry run."""
    batch = own(request, number)
    if batch.asked_at or batch.discarded_at or batch.single:
        return redirect("exchange:batch", batch.pk)
    asked = (request.POST if request.method == "POST" else request.GET).get("sheet")
    remembered = ColumnMap.objects.remembered(batch.agency_id, batch.kind)
    inspection = inspect(batch.upload.data, KINDS[batch.kind], remembered, asked or batch.sheet or None)
    form = MappingForm(request.POST or None, batch=batch, inspection=inspection, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            batch.map(by=request.mandate, mapping=form.mapping, sheet=form.cleaned_data["sheet"])
            return see_other("exchange:batch", batch.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _page(request, batch, inspection, form)


def _page(request: MandatedRequest, batch: Batch, inspection: Inspection, form: MappingForm) -> HttpResponse:
    blocking = [_(fault.message) for fault in inspection.faults if fault.blocks]
    context = {
        "batch": batch,
        "inspection": inspection,
        "form": form,
        "blocking": blocking,
        "warnings": [fault for fault in inspection.faults if not fault.blocks],
    }
    status = 400 if form.is_bound or blocking else 200
    return render(request, "exchange/columns.html", context, status=status)
