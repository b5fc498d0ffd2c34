"""One stay: what was entered, its versions, and what its host may do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.registry import sealed
from timpora.registry.models import Person, Proposal
from timpora.stays import shown
from timpora.stays.arrival import INPASS, Arrival
from timpora.stays.forms.guest import CorrectionForm, DepartureForm, ReasonForm
from timpora.stays.models import Stay
from timpora.stays.views.answers import FORM, HOST, KEEPERS, SEEING, entered, own, see_other, visible
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.forms import add_refusal
from timpora.team.models import Mandate
from timpora.team.roles import Role
from timpora.vault import VaultError


@mandate_required(*SEEING)
@never_cache
@require_safe
def stay(request: MandatedRequest, number: int) -> HttpResponse:
    """What is kept of a guest, with the versions before; an officer's look is noted."""
    return _page(request, visible(request, number))


def _page(request: MandatedRequest, found: Stay, status: int = 200, **forms: Any) -> HttpResponse:
    host = request.mandate.role == Role.LODGING
    if not host:
        with book.writing():
            book.record("stay.viewed", by=request.mandate, area=found.lodging.area_id, subject=found.cause)
    context = {
        "stay": found, "host": host, "brought": not host and found.mandate.post_id == request.mandate.post_id,
        "guest": shown.Guest(found, shown.open_fields(request.mandate)),
        "versions": shown.guests(_versions(found), request.mandate) if host else [],
        "departure": DepartureForm(initial={"left_on": found.lodging.today}, label_suffix=""),
        "reason": ReasonForm(label_suffix=""), "asked": _asked(found, request.mandate),
    }  # fmt: skip
    return render(request, "stays/stay.html", context | forms, status=status)


def _asked(found: Stay, mandate: Mandate) -> list[Proposal]:
    """Whom of its own area an officer may say that the guest is, or is not."""
    if mandate.role not in KEEPERS or found.report_id is not None:
        return []
    open_ = Proposal.objects.undecided().filter(statement=found.statement_id).select_related("person")
    return list(open_.filter(person__in=Person.objects.visible_to(mandate).values("pk")))


def _versions(found: Stay) -> list[Stay]:
    """The versions it took the place of, the newest first."""
    told = []
    while found.replaces_id is not None:
        found = Stay.objects.with_all().get(pk=found.replaces_id)
        told.append(found)
    return told


@require_POST
@mandate_required(*HOST)
def departure(request: MandatedRequest, number: int) -> HttpResponse:
    """Checks the guest out on a day."""
    found = own(request, number)
    form = DepartureForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            found.check_out(by=request.mandate, on=form.cleaned_data["left_on"])
            messages.success(request, _("The guest is checked out."))
            return see_other("stays:stay", found.pk)
        except Refusal as refusal:
            add_refusal(form, refusal)
            return _page(request, own(request, number), refusal.status, departure=form)
    return _page(request, found, 400, departure=form)


@mandate_required(*HOST)
@never_cache
@require_http_methods(FORM)
def correction(request: MandatedRequest, number: int) -> HttpResponse:
    """Sets an entry right; what was said before stays readable beside it."""
    found = own(request, number)
    form = CorrectionForm(request.POST or None, stay=found)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = found.correct(
                    by=request.mandate, arrival=_corrected(form), left_on=form.cleaned_data["left_on"]
                )
                messages.success(request, _("The entry is corrected."))
                return see_other("stays:stay", made.pk)
            except Refusal as refusal:
                add_refusal(form, refusal)
                status = refusal.status
    return render(request, "stays/correction.html", {"stay": found, "form": form}, status=status)


def _corrected(form: CorrectionForm) -> Arrival:
    """The entry as it is to be; a number that was left empty stays. Raises Refusal where no key opens it."""
    said = form.cleaned_data
    arrival = form.arrival(said["arrived_on"], said["until"])
    kept = form.stay.values.get("document_number", "")
    if kept and not arrival.values.get("document_number") and said["document_kind"] != INPASS:
        try:
            arrival.values["document_number"] = sealed.opened("document_number", kept)
        except VaultError as fault:
            raise Refusal(
                _("The number of the first entry cannot be opened at present. Please write it once more."),
                field="document_number", code="number_closed",
            ) from fault  # fmt: skip
    return arrival


@require_POST
@mandate_required(*SEEING)
def voiding(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes back what was entered in error, with a reason: by the host, or the post whose list brought it."""
    found = entered(request, number)
    form = ReasonForm(request.POST, label_suffix="")
    if form.is_valid():
        try:
            found.void(by=request.mandate, reason=form.cleaned_data["reason"])
            messages.success(request, _("The entry is taken back."))
            return see_other("stays:past" if request.mandate.role == Role.LODGING else "stays:list")
        except Refusal as refusal:
            add_refusal(form, refusal)
            return _page(request, entered(request, number), refusal.status, reason=form)
    return _page(request, found, 400, reason=form)
