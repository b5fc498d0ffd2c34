"""Whom the figure "known by list" counts: the newest row of each person, for the posts that read lists."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timpora.exchange import visibility
from timpora.exchange.models import Match, Row
from timpora.ledger import book
from timpora.recaps.views.counts import LISTING, Asked, ledger_area, moment_of
from timpora.registry import nations
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate

A_PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One person known by list: the name as the newest row has it, and which row that is."""

    row: Row
    name: str
    country: str
    is_open: bool  # whether the row's own page may be opened

    @classmethod
    def of(cls, match: Match, mandate: Mandate, visible: set[int]) -> Listed:
        said = visibility.shown(match.row.values, role=mandate.role, own=False)
        nation = said.get("nationality", "")
        country = nations.name(nation, get_language() or "id") if nation else ""
        return cls(match.row, said.get("names", ""), country, match.row_id in visible)


@require_safe
@never_cache
@mandate_required(*LISTING)
def known_by_list(request: MandatedRequest, code: str) -> HttpResponse:
    """The persons behind the figure, as many as it says; that they were read stands in the ledger."""
    asked = Asked.of(request, code)
    if not asked.shown.whole or not asked.form.is_valid():
        raise Http404
    when = asked.form.cleaned_data
    found = Row.objects.known_by_list(*asked.place.codes, on=when.get("on"), known=when.get("known"))
    line = "row__area__parent__parent__parent__parent"
    found = found.select_related("row__statement", "row__batch__agency", "row__batch__sharing", line)
    page = Paginator(found.order_by("area", "row"), A_PAGE).get_page(request.GET.get("page"))
    rows = Row.objects.visible_to(request.mandate).filter(pk__in=[match.row_id for match in page])
    visible = set(rows.values_list("pk", flat=True))
    with book.writing():
        book.record("counts.opened", by=request.mandate, area=ledger_area(asked.place),
                    subject=f"counts:{code}", fields=("known_by_list",))  # fmt: skip
    lines = [Listed.of(match, request.mandate, visible) for match in page]
    context = asked.context | {"page": page, "lines": lines, "moment": moment_of(request)}
    return render(request, "recaps/known_by_list.html", context)
