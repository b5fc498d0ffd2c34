"""How a view of this app answers a verb: on to the next page, or both versions of what was reviewed since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from timpora.ledger.answering import both_versions
from timpora.ledger.refusal import Conflict, Refusal
from timpora.reports import shown, versions
from timpora.reports.forms.more import Folded
from timpora.reports.forms.photo import LEFT_OUT
from timpora.reports.intake import Intake
from timpora.reports.models import Photo, Report
from timpora.team.access import MandatedRequest


def see_other(to: str, *args: Any) -> HttpResponseRedirect:
    """The page to show after a POST."""
    return HttpResponseRedirect(resolve_url(to, *args), status=303)


def overtaken(request: MandatedRequest, report: Report, refusal: Refusal, here: str) -> HttpResponse:
    """Both versions of a report that was reviewed meanwhile: as the page showed it, as it stands.

    Another office, which is asked to agree and does not see the report, reads its receipt alone.
    """
    current = Report.objects.with_people().get(pk=report.pk)
    before = shown.version_words(request.POST.get(f"shown_{report.pk}", ""))
    rows = [(_("Receipt"), current.receipt, current.receipt)]
    if request.mandate.reaches(current.area_id):
        rows += [
            (_("About"), shown.name_of(current), shown.name_of(current)),
            (_("State"), before or _("waiting"), shown.state_of(current)),
        ]
    return both_versions(request, refusal, here=here, rows=rows)


def other_content(request: MandatedRequest, refusal: Conflict, intake: Intake) -> HttpResponse:
    """The same sender's number with other content: what differs, as far as the sender's post may see it."""
    mine = Report.objects.visible_to(request.mandate).filter(sender=request.mandate.user_id)
    sent = mine.with_people().filter(sent_id=intake.sent_id).first()
    if sent is None:
        return both_versions(request, refusal, here=resolve_url("reports:list"))
    rows = versions.rows(intake, sent, request.mandate.sight)
    return both_versions(request, refusal, here=resolve_url("reports:report", sent.pk), rows=rows)


def say_if_left_out(request: MandatedRequest, form: Folded, sent: Report) -> None:
    """Tells whoever sent a photo that the report was taken in without it."""
    if form.photo_was_left_out and not Photo.objects.filter(report=sent).exists():
        messages.warning(request, LEFT_OUT)


def is_overtaken(request: HttpRequest, report: Report) -> bool:
    """Whether the page that was sent shows another state than the report has; a page may leave it unsaid."""
    said = request.POST.get(f"shown_{report.pk}")
    return bool(said) and said != shown.version(report)
