"""Rows: the files of them, one row beside what others say, and whom a doubtful one speaks of."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from timpora.exchange import identity, receipt
from timpora.exchange.beside import Beside, Candidate
from timpora.exchange.forms import ReasonForm
from timpora.exchange.models import Batch, Row
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.showing import DryRun, Taken
from timpora.exchange.views.answers import own, see_other, table, visible
from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models import Person
from timpora.sheets import Column
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import Role

DECIDING = (Role.DISTRICT, Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
SHOWN, PER_PAGE = 20, 50


@require_safe
@mandate_required(*LISTING)
def faults(request: MandatedRequest, number: int) -> HttpResponse:
    """Every fault of a dry run as a table, to put right in the file."""
    batch = own(request, number)
    if batch.state != Batch.State.READ:
        raise Http404
    columns = [
        Column("row", _("Row"), width=8),
        Column("column", _("Column"), width=28),
        Column("value", _("Value"), width=28),
        Column("remedy", _("What to do"), width=70),
    ]
    return table("perbaikan", "xlsx", columns, DryRun(batch, {}).faults())


@require_safe
@mandate_required(*LISTING)
def rows(request: MandatedRequest, number: int, form: str) -> HttpResponse:
    """What each row became, by its number in the file."""
    batch = visible(request, number)
    if batch.state != Batch.State.COMMITTED or (
        form == "xlsx" and not Taken(batch, request.mandate, {}).fits_a_sheet
    ):
        raise Http404
    with book.writing():
        book.record(
            "batch.exported", by=request.mandate, area=batch.area_id, subject=batch.cause, fields=(form,)
        )
    return table(f"tanda-terima-{batch.pk}", form, receipt.columns(), receipt.rows(batch))


@require_safe
@never_cache
@mandate_required(*LISTING)
def row(request: MandatedRequest, number: int) -> HttpResponse:
    """One row: what it says, and how it compares with what others say of the same person."""
    found = get_object_or_404(
        Row.objects.visible_to(request.mandate).filter(taken_at__isnull=False).with_all(), pk=number
    )
    with book.writing():
        book.record("row.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
    open_ = Row.objects.open_to(request.mandate).filter(pk=found.pk)
    context = {
        "row": found, "beside": Beside(found, request.mandate),
        "may_compare": open_.exists() and found.statement is not None,
    }  # fmt: skip
    return render(request, "exchange/row.html", context)


@require_safe
@mandate_required(*DECIDING)
def undecided(request: MandatedRequest) -> HttpResponse:
    """The rows this mandate may decide or agree to, oldest first, and those decided last."""
    mandate = request.mandate
    waiting = Row.objects.to_decide(mandate).with_all()
    context = {
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "asked": Row.objects.to_agree(mandate).with_all(),
        "decided": Row.objects.open_to(mandate).decided().with_all().order_by("-pk")[:SHOWN],
    }
    return render(request, "exchange/undecided.html", context)


@require_safe
@never_cache
@mandate_required(*DECIDING)
def identity_of(request: MandatedRequest, number: int) -> HttpResponse:
    """A row beside each person it may speak of."""
    found = _decidable(request, number)
    with book.writing():
        if identity.look_again(found):
            found = _decidable(request, number)
        book.record("identity.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
    return _page(request, found)


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    return _page(request, _decidable(request, number), refusal)


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_refused)
def decision(request: MandatedRequest, number: int) -> HttpResponse:
    """Decides: "same:<person>" or "other"."""
    found = _decidable(request, number)
    with book.writing():
        anew = identity.look_again(found)
    if anew:
        sentence = _("Somebody it may speak of was registered meanwhile. Please look again.")
        raise Conflict(sentence, code="anew")
    word, _colon, chosen = request.POST.get("decision", "").partition(":")
    # Among those proposed alone: whether anybody else is registered, nobody learns here.
    proposed = Person.objects.filter(proposals__in=identity.asked_of(found).proposals)
    person = proposed.filter(pk=int(chosen) if chosen.isdecimal() else 0).first()
    if word not in ("same", "other") or (word == "same" and person is None and found.is_open):
        raise Refusal(_("Choose one of the persons, or that it is somebody else."), code="decision_missing")
    found.decide(by=request.mandate, person=person if word == "same" else None)
    return see_other("exchange:undecided")


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_refused)
def undo(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes a decision back, with a reason."""
    found = _decidable(request, number)
    found.undo(by=request.mandate, reason=request.POST.get("reason", ""))
    return see_other("exchange:identity", found.pk)


@require_POST
@mandate_required(*DECIDING)
@refusals_to(_refused)
def agreement(request: MandatedRequest, number: int) -> HttpResponse:
    """The other office's yes."""
    _decidable(request, number).agree(by=request.mandate)
    return see_other("exchange:undecided")


def _decidable(request: MandatedRequest, number: int) -> Row:
    """A row this mandate may look at beside others, or whose decision asks its office's yes; 404 for any
    other.
    """
    rows, mandate = Row.objects.with_all().filter(pk=number, statement__isnull=False), request.mandate
    found: Row | None = rows.open_to(mandate).first() or rows.asking(mandate).first()
    if found is None:
        raise Http404
    return found


def _page(request: MandatedRequest, found: Row, refusal: Refusal | None = None) -> HttpResponse:
    mandate = request.mandate
    statement = found.statement
    assert statement is not None
    proposals = statement.proposals.filter(decision=found.decision if found.decided_by_tier else None)
    proposals = proposals.order_by("pk").prefetch_related(Prefetch("person", Person.objects.with_home()))
    here = mandate.reaches(found.area_id)
    mark = identity.asked_of(found).standing(mandate) if here and found.is_open else None
    context = {
        "row": found, "here": here, "refusal": refusal, "mark": mark, "decides": mark is not None,
        "own": found.batch.sender_id == mandate.user_id,
        "candidates": [Candidate(found, proposal, mandate) for proposal in proposals],
        "missing": identity.asked_of(found).missing if found.is_open else set(),
        "form": ReasonForm(request.POST if refusal and "reason" in request.POST else None, label_suffix=""),
    }  # fmt: skip
    status = (409 if isinstance(refusal, Conflict) else 400) if refusal else 200
    return render(request, "exchange/identity.html", context, status=status)
