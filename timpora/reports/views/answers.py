"""How a view of this app answers a verb: on to the next page, or the sentence of its refusal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from timpora.ledger.refusal import Refusal
from timpora.reports import shown
from timpora.reports.models import Report


def see_other(to: str, *args: Any) -> HttpResponseRedirect:
    """The page to show after a POST."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def overtaken(request: HttpRequest, report: Report, refusal: Refusal, here: str) -> HttpResponse:
    """Both versions of a report that was reviewed meanwhile: as the page showed it, as it stands."""
    current = Report.objects.with_people().get(pk=report.pk)
    before = shown.version_words(request.POST.get(f"shown_{report.pk}", ""))
    rows = [
        (_("Receipt"), current.receipt, current.receipt),
        (_("About"), shown.name_of(current), shown.name_of(current)),
        (_("State"), before or _("waiting"), shown.state_of(current)),
    ]
    context = {"sentence": refusal.message, "rows": rows, "here": here}
    return render(request, "409.html", context, status=409)


def is_overtaken(request: HttpRequest, report: Report) -> bool:
    """Whether the page that was sent shows another state than the report has; a page may leave it unsaid."""
    said = request.POST.get(f"shown_{report.pk}")
    return bool(said) and said != shown.version(report)
