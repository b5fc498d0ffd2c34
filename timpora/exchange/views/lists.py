"""Lists: all of them, a new one, and one from its columns to its receipt."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from timpora.exchange import receipt, tasks, threads
from timpora.exchange.feedback import feedback
from timpora.exchange.forms import UploadForm
from timpora.exchange.lists.faults import LIMITS
from timpora.exchange.models import Batch, Row, Sharing
from timpora.exchange.models.sent import SameFile
from timpora.exchange.models.sharing import LISTING, may_agree
from timpora.exchange.showing import DryRun, Taken
from timpora.exchange.views.answers import own, see_other, visible
from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.stays.models import KEEPERS
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate
from timpora.uploads import files_up_to

PER_PAGE = 25
FORM = ["GET", "HEAD", "POST"]


@mandate_required(*LISTING)
@require_safe
def batches(request: MandatedRequest) -> HttpResponse:
    """The lists of the mandate's area, newest first."""
    mandate = request.mandate
    page = Paginator(Batch.objects.visible_to(mandate).with_places(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "may_agree": may_agree(mandate),
        "to_decide": Row.objects.to_decide(mandate).count(),
        "sharings": Sharing.objects.visible_to(mandate).count(), "feedback": feedback(mandate),
    }  # fmt: skip
    return render(request, "exchange/batches.html", context)


@mandate_required(*LISTING)
@never_cache
@require_http_methods(FORM)
@files_up_to(LIMITS.size + 1)
def new(request: MandatedRequest) -> HttpResponse:
    """Sends a list; without a record in force the way to one."""
    mandate = request.mandate
    if not Sharing.objects.open_to(mandate).exists():
        return render(
            request,
            "exchange/no_sharing.html",
            {"may_agree": may_agree(mandate)},
            status=200 if request.method != "POST" else 400,
        )
    form = UploadForm(request.POST or None, request.FILES or None, by=mandate, label_suffix="")
    same = None
    if form.is_bound and form.is_valid():
        try:
            return _received(form.receive(mandate), mandate)
        except SameFile as refusal:
            same = refusal.batch
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"form": form, "same": same}
    return render(
        request, "exchange/new.html", context, status=409 if same else 400 if form.is_bound else 200
    )


def _received(found: Batch, mandate: Mandate) -> HttpResponse:
    """On to the columns; of one e-ITAS, which has none, to the dry run, or it is not kept at all."""
    if not found.single:
        return see_other("exchange:columns", found.pk)
    try:
        found.map(by=mandate, mapping={})
    except Refusal:
        found.discard(by=mandate)
        raise
    return see_other("exchange:batch", found.pk)


@mandate_required(*LISTING)
@never_cache
@require_safe
def batch(request: MandatedRequest, number: int) -> HttpResponse:
    """One list: what it would become, how far it is, or its receipt."""
    found = visible(request, number)
    if getattr(request, "htmx", False) and found.state != Batch.State.TAKING:
        return HttpResponseClientRefresh()  # the last row is in: the whole page is another one now
    return _page(request, found)


def _page(request: MandatedRequest, found: Batch, refusal: Refusal | None = None) -> HttpResponse:
    handles = found.is_handled_by(request.mandate)
    if found.state == Batch.State.RECEIVED and handles and refusal is None:
        return redirect("exchange:columns", found.pk)
    context: dict[str, Any] = {
        "batch": found, "handles": handles, "refusal": refusal,
        "sees_guests": request.mandate.role in KEEPERS,
    }  # fmt: skip
    if found.state == Batch.State.READ and handles:
        template, context["run"] = "exchange/dry_run.html", DryRun(found, request.GET)
    elif found.state == Batch.State.TAKING:
        template, context["left"] = "exchange/taking.html", found.rows.untaken().count()
        context["rows"] = found.rows.count()
    elif found.state == Batch.State.COMMITTED:
        with book.writing():
            book.record("batch.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
        template, context["taken"] = "exchange/receipt.html", Taken(found, request.mandate, request.GET)
    else:
        template = "exchange/closed.html"
    part = template == "exchange/taking.html" and getattr(request, "htmx", False)
    return render(
        request,
        "exchange/_progress.html" if part else template,
        context,
        status=refusal.status if refusal else 200,
    )


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    if isinstance(refusal, SameFile):
        return render(request, "exchange/same.html", {"same": refusal.batch}, status=409)
    return _page(request, visible(request, number), refusal)


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def commitment(request: MandatedRequest, number: int) -> HttpResponse:
    """Takes the list in; a long one is the worker's from here on."""
    found = own(request, number)
    found.commit(by=request.mandate)
    if found.state == Batch.State.TAKING:
        tasks.take.enqueue(found.pk)
    else:
        receipt.issue(found, by=request.mandate, door=_door(request))
    return see_other("exchange:batch", found.pk)


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def discarding(request: MandatedRequest, number: int) -> HttpResponse:
    """Throws the list away before it was taken in."""
    own(request, number).discard(by=request.mandate)
    return see_other("exchange:batches")


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def paper(request: MandatedRequest, number: int) -> HttpResponse:
    """The receipt as a paper: printed and numbered once, the same one ever after."""
    found = visible(request, number)
    issued = receipt.issue(found, by=request.mandate, door=_door(request))
    return see_other("papers:paper", issued.pk)


@require_POST
@mandate_required(*LISTING)
def thread(request: MandatedRequest, number: int) -> HttpResponse:
    """On to the room about the list, which is made at the first asking."""
    found = threads.open_(visible(request, number), by=request.mandate)
    return see_other("rooms:room", found.pk)


def _door(request: MandatedRequest) -> str:
    return request.build_absolute_uri(reverse("papers:check"))
