"""The first day's checklist and its small pages, for operators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.areas.codes import under
from timpora.areas.models import Area, Office
from timpora.areas.office_words import differing
from timpora.desk.setup.checklist import checklist
from timpora.desk.setup.forms import (
    SETTINGS,
    FirstTeamForm,
    JurisdictionForm,
    LetterheadForm,
    MailForm,
    OpenForm,
)
from timpora.desk.setup.situation import Situation
from timpora.ledger.answering import both_versions
from timpora.ledger.refusal import Conflict, Refusal
from timpora.team.access import mandate_required
from timpora.team.forms.refused import attempted
from timpora.team.models import Mandate, Team
from timpora.team.roles import Role

FORM = ["GET", "HEAD", "POST"]
keeper = mandate_required(Role.OPERATOR)


def within_reach(by: Mandate) -> QuerySet[Office]:
    """The offices an operator sets up: the own one, or those of the provinces the post stands over."""
    offices = Office.objects.select_related("province").order_by("name")
    if by.post.office_id:
        return offices.filter(pk=by.post.office_id)
    return offices.filter(under("province", by.codes))


def _to(name: str, *words: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=words), status=303)


def _page(request: Any, slug: str, office: Office, **context: Any) -> HttpResponse:
    """The page of one step; 400 over a form that was refused."""
    steps = checklist(office)
    form = context.get("form")
    context |= {"office": office, "step": steps.step(slug), "after": _after(steps.steps, slug)}
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"desk/setup/{slug}.html", context, status=status)


def _after(steps: list[Any], slug: str) -> Any:
    """The next step that is not done, the one at hand aside."""
    return next((step for step in steps if not step.done and step.slug != slug), None)


@keeper
@require_safe
def setup(request: Any) -> HttpResponse:
    """The checklist of the one office there is, or of none yet; a list where there are several."""
    offices = list(within_reach(request.mandate))
    if len(offices) > 1:
        context = {"offices": offices, "may_open": _may_open(request)}
        return render(request, "desk/setup/offices.html", context)
    return _checklist(request, offices[0] if offices else None)


@keeper
@require_safe
def office(request: Any, code: str) -> HttpResponse:
    """The checklist of one office."""
    return _checklist(request, get_object_or_404(within_reach(request.mandate), pk=code))


def _checklist(request: Any, shown: Office | None) -> HttpResponse:
    may_open = shown is not None and _may_open(request)
    context = {"office": shown, "list": checklist(shown), "may_open": may_open}
    return render(request, "desk/setup/checklist.html", context)


def _may_open(request: Any) -> bool:
    return request.mandate.post.office_id is None


@keeper
@require_http_methods(FORM)
def open_office(request: Any) -> HttpResponse:
    """The form that opens an office, for operators who stand over more than one."""
    if not _may_open(request):
        raise Http404
    form = OpenForm(request.POST or None, by=request.mandate)
    if form.is_bound and form.is_valid():
        opened = attempted(form, form.open, by=request.mandate)
        if opened is not None:
            messages.success(request, _("The office is opened. Now the area it answers for."))
            return _to("desk:setup_step", opened.pk, "jurisdiction")
    return render(request, "desk/setup/open.html", {"form": form}, status=400 if form.is_bound else 200)


@keeper
@require_http_methods(FORM)
def settings(request: Any, code: str, slug: str) -> HttpResponse:
    """A step that agrees to some of the office's settings; `preview` shows what was typed, unsaved."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    if slug not in SETTINGS:
        raise Http404
    form = SETTINGS[slug](request.POST or None, instance=shown)
    only_look = isinstance(form, LetterheadForm) and "preview" in request.POST
    try:
        if form.is_bound and form.is_valid() and not only_look and form.settle(request.mandate):
            messages.success(request, _("Saved."))
            return _to("desk:setup_office", code)
    except Conflict as conflict:
        rows = differing(form.instance, form.names)
        return both_versions(request, conflict, here=request.path, rows=rows)
    return _page(request, slug, shown, form=form, situation=Situation(shown))


@keeper
@require_http_methods(FORM)
def jurisdiction(request: Any, code: str) -> HttpResponse:
    """The kabupaten and kota the office answers for; by POST it gets some more."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    form = JurisdictionForm(request.POST or None, office=shown)
    if form.is_bound and form.is_valid() and form.assign(request.mandate):
        return _to("desk:setup_step", code, "jurisdiction")
    held = Area.objects.filter(pk__in=shown.codes).order_by("code")
    return _page(request, "jurisdiction", shown, form=form, held=held)


@keeper
@require_POST
def end(request: Any, code: str, area: str) -> HttpResponse:
    """The office answers for a kabupaten or kota no longer."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    try:
        shown.release(by=request.mandate, area=area)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to("desk:setup_step", code, "jurisdiction")


@keeper
@require_http_methods(FORM)
def mail(request: Any, code: str) -> HttpResponse:
    """What becomes of invitations without e-mail, or a test of it."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    situation = Situation(shown)
    form = MailForm(request.POST or None) if situation.can_mail else None
    if form is not None and form.is_bound and form.is_valid() and form.send(request.mandate):
        messages.success(request, _("The server took the test. Look whether it arrived."))
        return _to("desk:setup_office", code)
    return _page(request, "mail", shown, form=form)


@keeper
@require_http_methods(FORM)
def team(request: Any, code: str) -> HttpResponse:
    """The office's teams, and the form of the first one."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    form = FirstTeamForm(request.POST or None, by=request.mandate, office=shown)
    if form.is_bound and form.is_valid() and form.enter(request.mandate):
        messages.success(request, _("The team is entered."))
        return _to("desk:setup_office", code)
    teams = Team.objects.filter(office=shown).select_related("area").order_by("pk")
    return _page(request, "team", shown, form=form, teams=teams)


@keeper
@require_safe
def members(request: Any, code: str) -> HttpResponse:
    """Where members come in: a list, or one by one."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    return _page(request, "members", shown, situation=Situation(shown))


@keeper
@require_safe
def slips(request: Any, code: str) -> HttpResponse:
    """Where slips are printed, and how many wait."""
    shown = get_object_or_404(within_reach(request.mandate), pk=code)
    return _page(request, "slips", shown, situation=Situation(shown))
