"""Comparisons: all of them, a new one, one with its gaps; its minutes, its file, its gaps closed together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.areas.models import office_of
from timpora.exchange import worklist
from timpora.exchange.forms import ClosureForm, ComparingForm
from timpora.exchange.forms.comparing import comparable
from timpora.exchange.models import Comparison, Gap
from timpora.exchange.models.comparison import COMPARING
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.summary import Summary
from timpora.exchange.views.answers import see_other, table
from timpora.exchange.worklist import Worklist
from timpora.ledger import book
from timpora.ledger.answering import refusals_to
from timpora.ledger.refusal import Refusal
from timpora.team.access import MandatedRequest, mandate_required

PER_PAGE = 25
NONE_CHOSEN = Refusal(gettext_lazy("Choose at least one gap."), code="none_chosen")


@mandate_required(*LISTING)
@require_safe
def comparisons(request: MandatedRequest) -> HttpResponse:
    """The comparisons that concern the mandate, newest first."""
    mandate = request.mandate
    found = Comparison.objects.visible_to(mandate).with_places()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": [(c, Summary(c), c.gaps_for(mandate).open().count()) for c in page],
        "may_compare": mandate.role in COMPARING, "lists": comparable(mandate).count(),
    }  # fmt: skip
    return render(request, "exchange/comparisons.html", context)


@mandate_required(*COMPARING)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MandatedRequest) -> HttpResponse:
    """Lays lists beside each other."""
    form = ComparingForm(request.POST or None, mandate=request.mandate, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            return see_other("exchange:comparison", form.compare().pk)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"form": form, "lists": comparable(request.mandate).exists()}
    return render(request, "exchange/new_comparison.html", context, status=400 if form.is_bound else 200)


@mandate_required(*LISTING)
@never_cache
@require_safe
def comparison(request: MandatedRequest, number: int) -> HttpResponse:
    """One comparison: the number, its parts, and the gaps."""
    found = visible(request, number)
    with book.writing():
        book.record("comparison.viewed", by=request.mandate, area=found.area_id, subject=found.cause)
    return _page(request, found)


@mandate_required(*LISTING)
@require_safe
def minutes(request: MandatedRequest, number: int) -> HttpResponse:
    """What the minutes of the meeting say of it, on paper: figures and no names."""
    found = visible(request, number)
    with book.writing():
        book.record("comparison.printed", by=request.mandate, area=found.area_id, subject=found.cause)
    office = office_of(found.area_id)
    context = {
        "comparison": found, "summary": Summary(found), "work": Worklist(found, request.mandate, {}),
        "letterhead": office.letterhead_lines if office else [], "city": office.city if office else "",
        "signer": request.mandate, "day": request.mandate.post.today, "zone": request.mandate.post.zone,
    }  # fmt: skip
    return render(request, "exchange/minutes.html", context)


@mandate_required(*LISTING)
@require_safe
def gaps(request: MandatedRequest, number: int, form: str) -> HttpResponse:
    """The gaps as a file, as they are chosen on the page and as far as the reader sees them."""
    found = visible(request, number)
    work = Worklist(found, request.mandate, request.GET)
    with book.writing():
        book.record("comparison.exported", by=request.mandate, area=found.area_id, subject=found.cause,
                    fields=(form,))  # fmt: skip
    rows = worklist.rows(work.chosen.with_all(), request.mandate)
    return table(f"perbandingan-{found.pk}", form, worklist.columns(), rows)


def _refused(request: MandatedRequest, refusal: Refusal, number: int) -> HttpResponse:
    return _page(request, visible(request, number), refusal)


@require_POST
@mandate_required(*LISTING)
@refusals_to(_refused)
def closures(request: MandatedRequest, number: int) -> HttpResponse:
    """Closes the chosen gaps with one reason."""
    found = visible(request, number)
    chosen = [int(each) for each in request.POST.getlist("gap") if each.isdecimal()][: worklist.PER_PAGE]
    mine = found.gaps_for(request.mandate).filter(pk__in=chosen)
    if not mine.exists():
        raise NONE_CHOSEN
    closed = Gap.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).close(
        by=request.mandate, reason=request.POST.get("reason", ""), note=request.POST.get("note", "")[:300]
    )
    said = ngettext("%(n)d gap is closed.", "%(n)d gaps are closed.", closed)
    messages.success(request, said % {"n": closed})
    return see_other("exchange:comparison", found.pk)


def visible(request: MandatedRequest, number: int) -> Comparison:
    """A comparison this mandate may see; 404 for any other."""
    found: Comparison = get_object_or_404(
        Comparison.objects.visible_to(request.mandate).with_places(), pk=number
    )
    return found


def _page(request: MandatedRequest, found: Comparison, refusal: Refusal | None = None) -> HttpResponse:
    work = Worklist(found, request.mandate, request.GET)
    context: dict[str, Any] = {
        "comparison": found, "summary": Summary(found), "work": work, "refusal": refusal,
        "form": ClosureForm(request.POST if refusal else None, label_suffix=""),
        "newer": Comparison.objects.visible_to(request.mandate).after(found).first(),
        "empty": _("Nothing stands apart here.") if work.all.exists() else _("The lists agree."),
    }  # fmt: skip
    return render(request, "exchange/comparison.html", context, status=refusal.status if refusal else 200)
