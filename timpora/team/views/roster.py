"""Members from a spreadsheet: the blank form, the dry run, the import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger.refusal import Refusal
from timpora.sheets import Row
from timpora.team import authority, roster
from timpora.team.access import mandate_required
from timpora.team.forms.upload import HEADINGS, SealedForm, UploadForm
from timpora.team.roster import LIMITS, Outcome, Plan
from timpora.uploads import files_up_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@mandate_required(*authority.MANAGERS)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The XLSX to fill in."""
    name = "anggota-tim-pora.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(roster.blank(), content_type=XLSX, headers=headers)


@mandate_required(*authority.MANAGERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@files_up_to(LIMITS.size + 1)
def upload(request: Any) -> HttpResponse:
    """The page to send a list; by POST its dry run: nothing is written yet, and the file is not kept."""
    form = (
        UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    )
    if form.is_bound and form.is_valid():
        rows = form.rows()
        if rows is not None:
            return _dry_run(request, rows)
    return render(request, "team/upload.html", {"form": form}, status=400 if form.is_bound else 200)


def _dry_run(request: Any, rows: list[Row], status: int = 200) -> HttpResponse:
    plan = Plan(rows, request.mandate)
    context = {
        "plan": plan,
        "todo": len(plan.todo),
        "headings": HEADINGS,
        "faulty": [
            (line, [(HEADINGS[column], said) for column, said in line.meant.faults])
            for line in plan.lines
            if line.outcome == Outcome.FAULTY
        ],
        "numbers": {outcome.value: plan.number(outcome) for outcome in Outcome},
        "form": SealedForm(initial={"rows": roster.sealed(rows, request.mandate.pk, len(plan.todo))}),
    }
    return render(request, "team/dry_run.html", context, status=status)


@mandate_required(*authority.MANAGERS)
@never_cache
@require_POST
def rows(request: Any) -> HttpResponse:
    """Carries out what the dry run showed, in one transaction."""
    form = SealedForm(request.POST)
    try:
        sent, promised = roster.opened(form.data.get("rows", ""), request.mandate.pk)
    except roster.Expired:
        messages.warning(request, _("The dry run is older than an hour. Please send the file again."))
        return HttpResponseRedirect(reverse("team:upload"), status=303)
    plan = Plan(sent, request.mandate)
    if len(plan.todo) != promised:
        messages.warning(
            request, _("Something changed meanwhile. Nothing was imported; look at the list again.")
        )
        return _dry_run(request, sent, status=409)
    try:
        number = plan.carry_out()
    except Refusal as refusal:
        messages.error(request, _("Nothing was imported: %(sentence)s") % {"sentence": refusal})
        return _dry_run(request, sent, status=409)
    messages.success(
        request, ngettext("%(n)s row was imported.", "%(n)s rows were imported.", number) % {"n": number}
    )
    return HttpResponseRedirect(reverse("team:slips"), status=303)
