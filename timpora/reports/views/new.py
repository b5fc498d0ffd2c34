"""Reporting somebody new: the form, the page for somebody reported before, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from timpora.areas.codes import is_code, within_any
from timpora.areas.forms.field import NAMED_CODE
from timpora.areas.models import Area
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry import sealed
from timpora.registry.fields import DOCUMENT, SEALED
from timpora.registry.zone import Zone
from timpora.reports import item, shown
from timpora.reports.developing import HEAVIEST
from timpora.reports.forms import ReportForm
from timpora.reports.forms.new import shared
from timpora.reports.models import AlreadyReported, Draft, Photo, Report
from timpora.reports.views import drafts, resident
from timpora.reports.views.answers import other_content, say_if_left_out, see_other
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal
from timpora.team.models import Mandate
from timpora.team.roles import WORKING
from timpora.uploads import files_up_to
from timpora.vault import VaultError

# Values of a report that its own village is not shown again; left empty in the answer they stay as sent.
SILENTLY_KEPT = ("birth_date", *DOCUMENT, "permit_number")


@require_http_methods(["GET", "HEAD", "POST"])
@mandate_required(*WORKING)
@files_up_to(HEAVIEST * 2**20)
def new(request: MandatedRequest) -> HttpResponse:
    """The form for somebody new.

    With ?person= the one for a resident, with ?replaces= the answer to a report that was sent back, with
    ?like= another member of a family or a mess.
    """
    if "person" in request.GET:
        return resident.report_on(request)
    replaced = _own(request, "replaces")
    if replaced and not replaced.can_be_answered(request.mandate):
        raise Http404
    if "read_lines" in request.POST:
        return _read(request, replaced)
    form = ReportForm(
        request.POST or None, request.FILES or None, mandate=request.mandate,
        initial=_initial(request, replaced), label_suffix="",
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, form, replaced=replaced)
    _refuse_outside(request.mandate, request.POST.get("area", ""))
    return _send(request, form, replaced)


@require_safe
@mandate_required(*WORKING)
def receipt(request: MandatedRequest, number: int) -> HttpResponse:
    """What was sent, under which number, and what can be done next."""
    mine = Report.objects.visible_to(request.mandate).filter(post=request.mandate.post_id)
    report = get_object_or_404(mine.with_people(), pk=number)
    context = {
        "row": shown.Row(report),
        "report": report,
        "received": shown.received(report.values),
        "has_photo": Photo.objects.filter(report=report).exists(),
        "about_resident": report.kind not in Report.NEW_KINDS,
    }
    return render(request, "reports/receipt.html", context)


def _read(request: MandatedRequest, replaced: Report | None) -> HttpResponse:
    """The form with what the passport's lines say, for a browser without scripts; nothing is stored."""
    typed = drafts.typed(request.POST)
    zone = Zone.read(request.POST, today=request.mandate.post.today, given=typed)
    form = ReportForm(mandate=request.mandate, initial=typed | zone.values, label_suffix="")
    form.give_photo_back(request.POST, request.FILES)
    status = 400 if zone.fault else 200
    return _page(request, form, replaced=replaced, zone=zone, status=status)


def _send(request: MandatedRequest, form: ReportForm, replaced: Report | None) -> HttpResponse:
    mandate = request.mandate
    if not form.is_valid():
        return _refused(request, form, replaced)
    try:
        intake = form.intake(_kept(replaced, form))
        sent = Report.objects.submit(
            by=mandate, intake=intake, replaces=replaced, again="again" in request.POST
        )
    except AlreadyReported as refusal:
        drafts.keep(mandate, request.POST)
        earlier = Report.objects.with_people().get(pk=refusal.report.pk)
        return _page(request, form, replaced=replaced, earlier=shown.Row(earlier), status=409)
    except Conflict as refusal:
        return other_content(request, refusal, intake)
    except Refusal as refusal:
        form.unfold()  # it may be about one of the questions that nobody had answered
        add_refusal(form, refusal)
        return _refused(request, form, replaced)
    say_if_left_out(request, form, sent)
    return see_other("reports:receipt", sent.pk)


def _page(request: MandatedRequest, form: ReportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    draft = Draft.objects.filter(mandate=request.mandate.pk).first()
    context = {"form": form, "draft": draft, "zone": Zone(request.POST), **more}
    if not more.get("replaced"):
        context["item"] = item.of_form(request.mandate, "report")
    return render(request, "reports/new.html", context, status=status)


def _refused(request: MandatedRequest, form: ReportForm, replaced: Report | None) -> HttpResponse:
    drafts.keep(request.mandate, request.POST)
    return _page(request, form, replaced=replaced, status=400)


def _own(request: MandatedRequest, name: str) -> Report | None:
    """A report of this post that the address names; 404 for any other."""
    number = request.GET.get(name, "")
    if not number:
        return None
    mine = Report.objects.visible_to(request.mandate).filter(post=request.mandate.post_id)
    found: Report = get_object_or_404(mine.with_people(), pk=number if number.isdecimal() else 0)
    return found


def _initial(request: MandatedRequest, replaced: Report | None) -> dict[str, Any]:
    """What the form begins with: the report to answer, the house of the last one, or the draft."""
    report = replaced or _own(request, "like")
    if report is None:
        return {} if request.method == "POST" else dict(Draft.objects.of(request.mandate))
    values = report.values if replaced else shared(report.values)
    if not request.mandate.sight.numbers:
        values = {name: value for name, value in values.items() if name not in SILENTLY_KEPT}
    values = {name: value for name, value in values.items() if name not in SEALED}
    return {**values, "kind": report.kind, "event_on": report.event_on.isoformat(), "area": report.area}


def _kept(replaced: Report | None, form: ReportForm) -> dict[str, str]:
    """The values an answer keeps where they were left empty, because they are not shown again."""
    first = replaced.values if replaced else {}
    kept = [name for name in SILENTLY_KEPT if first.get(name) and not form.cleaned_data.get(name)]
    return {name: _opened(name, first[name]) if name in SEALED else first[name] for name in kept}


def _opened(name: str, value: str) -> str:
    """The number of the report that is answered. Raises Refusal where no key opens it."""
    try:
        return sealed.opened(name, value)
    except VaultError as fault:
        raise Refusal(
            _("The number of the first report cannot be opened at present. Please write it once more."),
            field=name, code="number_closed",
        ) from fault  # fmt: skip


def _refuse_outside(mandate: Mandate, text: str) -> None:
    """404 for an area outside the mandate, named by its code; what is no area is said beside the field."""
    named = NAMED_CODE.search(text)
    code = named[1] if named else text.strip()
    outside = is_code(code) and not within_any(code, mandate.codes)
    if outside and Area.objects.filter(pk=code).exists():
        raise Http404
