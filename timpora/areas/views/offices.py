"""An office's page, its settings and its jurisdiction."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.areas.doors import is_operator, mandate_of, operators_only
from timpora.areas.forms import JurisdictionForm, OfficeForm
from timpora.areas.models import Office
from timpora.areas.office_words import differing, label, value
from timpora.ledger.answering import both_versions
from timpora.ledger.refusal import Conflict, Refusal


@login_required
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Every office with the number of kabupaten and kota it answers for."""
    live = Count("jurisdictions", filter=Q(jurisdictions__until__isnull=True))
    every = Office.objects.select_related("province").annotate(number_of_regencies=live)
    return render(request, "areas/offices.html", {"offices": every})


@login_required
@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: who it is, what it answers for, the settings it works by."""
    shown = get_object_or_404(Office.objects.select_related("province"), code=code)
    return _office(request, shown, JurisdictionForm())


def _office(request: HttpRequest, shown: Office, form: JurisdictionForm, status: int = 200) -> HttpResponse:
    held = shown.jurisdictions.select_related("area")
    context: dict[str, Any] = {
        "office": shown,
        "live": [held_area for held_area in held if held_area.until is None],
        "past": [held_area for held_area in held if held_area.until is not None],
        "settings": [(label(name), value(shown, name), field.help_text) for name, field in _numbers()],
        "form": form,
        "operator": is_operator(request, shown.code),
    }
    return render(request, "areas/office.html", context, status=status)


def _numbers() -> list[tuple[str, Any]]:
    names = OfficeForm.Meta.fields[OfficeForm.Meta.fields.index("timezone") :]
    return [(name, OfficeForm.base_fields[name]) for name in names]


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """The form of an office's settings, for operators."""
    shown = get_object_or_404(Office.objects.select_related("province"), code=code)
    name = shown.name
    form = OfficeForm(request.POST or None, instance=shown)
    try:
        if request.method == "POST" and form.is_valid() and form.change(mandate_of(request)):
            messages.success(request, _("The settings are saved."))
            return redirect("areas:office", code)
    except Conflict as conflict:
        return both_versions(
            request, conflict, here=request.path, rows=differing(form.instance, OfficeForm.Meta.fields)
        )
    context = {"form": form, "code": code, "name": name}
    return render(request, "areas/office_settings.html", context, status=400 if form.is_bound else 200)


@operators_only
@require_POST
def jurisdictions(request: HttpRequest, code: str) -> HttpResponse:
    """Gives an office a kabupaten or kota from today on."""
    shown = get_object_or_404(Office, code=code)
    form = JurisdictionForm(request.POST)
    if form.is_valid() and form.assign(mandate_of(request), shown):
        return redirect("areas:office", code)
    return _office(request, shown, form, status=400)


@operators_only
@require_POST
def end(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """Ends today what an office has of a kabupaten or kota."""
    shown = get_object_or_404(Office, code=code)
    try:
        shown.release(by=mandate_of(request), area=area)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("areas:office", code)
