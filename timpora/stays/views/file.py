"""Guests from a spreadsheet: the blank form, the dry run, the confirmation."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora import sheets
from timpora.ledger.refusal import Refusal
from timpora.sheets import Sheet
from timpora.stays import file as spreadsheet
from timpora.stays.forms.guest import FileForm, RowsForm
from timpora.stays.models import GuestRefused, Sending
from timpora.stays.views.answers import FORM, HOST, own_lodging, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal
from timpora.uploads import files_up_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = 20  # faults of the whole file that are told at once


@mandate_required(*HOST)
@require_safe
def template(request: MandatedRequest) -> HttpResponse:
    """The XLSX to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="tamu-asing.xlsx"'}
    return HttpResponse(spreadsheet.blank(), content_type=XLSX, headers=headers)


@mandate_required(*HOST)
@never_cache
@require_http_methods(FORM)
@files_up_to(spreadsheet.LIMITS.size + 1)
def upload(request: MandatedRequest) -> HttpResponse:
    """The page to send a file; by POST its dry run: nothing is written yet, and the file is not kept."""
    lodging = own_lodging(request.mandate)
    form = FileForm(request.POST or None, request.FILES or None, label_suffix="")
    if form.is_bound and form.is_valid():
        sheet = sheets.read(form.cleaned_data["file"].read(), spreadsheet.COLUMNS, spreadsheet.LIMITS)
        for fault in spreadsheet.blocking(sheet)[:SAID]:
            form.add_error("file", _sentence(fault))
        try:
            if form.is_valid():
                return _dry_run(request, sheet)
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {"form": form, "lodging": lodging}
    return render(request, "stays/file.html", context, status=400 if form.is_bound else 200)


def _sentence(fault: sheets.Fault) -> str:
    where, said = spreadsheet.HEADINGS.get(fault.column, ""), _(fault.message)
    return f"{where}: {said}" if where else said


def _dry_run(request: MandatedRequest, sheet: Sheet) -> HttpResponse:
    lodging = own_lodging(request.mandate)
    lines = spreadsheet.lines(sheet, lodging, by=request.mandate)
    ready = [line.arrival for line in lines if line.outcome == "in" and line.arrival is not None]
    context = {
        "lodging": lodging, "numbers": Counter(line.outcome for line in lines), "todo": len(ready),
        "faulty": [line for line in lines if line.faults], "lines": lines,
        "form": RowsForm(initial={"rows": spreadsheet.sealed(ready, request.mandate)}),
    }  # fmt: skip
    return render(request, "stays/dry_run.html", context)


@require_POST
@mandate_required(*HOST)
def rows(request: MandatedRequest) -> HttpResponse:
    """Checks in whom the dry run showed, all in one transaction."""
    try:
        arrivals = spreadsheet.opened(request.POST.get("rows", ""), request.mandate)
    except spreadsheet.Expired:
        messages.warning(request, _("The dry run is older than an hour. Please send the file again."))
        return see_other("stays:file")
    try:
        if not arrivals:
            raise Refusal(_("No row of this file can be taken in."), code="no_rows")
        sending = Sending.objects.receive(arrivals, by=request.mandate)
    except Refusal as refusal:
        about = arrivals[refusal.number].values["names"] if isinstance(refusal, GuestRefused) else ""
        sentence = f"{about}: {refusal}" if about else str(refusal)
        messages.error(request, _("Nothing was taken in. %(sentence)s") % {"sentence": sentence})
        return see_other("stays:file")
    return see_other("stays:sending", sending.pk)
