"""Finding a person by name, birth year and filters, or by document number for a stated purpose."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from timpora import vault
from timpora.desk import searching
from timpora.desk.forms import NumberForm
from timpora.desk.query import Query, parse
from timpora.desk.searching import Search
from timpora.recaps.states import residents
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.roles import SIGHT, WORKING

A_PAGE = 25
NUMBERED = tuple(role for role in WORKING if SIGHT[role].numbers)


@mandate_required(*WORKING)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: MandatedRequest) -> HttpResponse:
    """The search page. A search that names somebody is posted and stands sealed in the address, never
    readable.
    """
    if request.method == "POST":
        return redirect(address_of(parse(request.POST.get("q", "")), request), permanent=False)
    query = asked(request)
    if query.is_personal and "q" in request.GET:
        return redirect(address_of(query, request))
    context = {"query": query, "number_form": NumberForm() if request.mandate.sight.numbers else None,
               "mandate": request.mandate}  # fmt: skip
    if query.is_empty:
        notes = Search(query, request.mandate).notes if query.unread else []
        return render(request, "desk/search/page.html", {**context, "notes": notes})
    found = Search(query, request.mandate)
    found.record()
    page = Paginator(found.persons, A_PAGE).get_page(request.GET.get("page"))
    lines = residents(page.object_list, request.mandate)
    return render(
        request, "desk/search/page.html", {**context, "found": found, "page": page, "residents": lines}
    )


@mandate_required(*NUMBERED)
@require_POST
def by_number(request: MandatedRequest) -> HttpResponse:
    """The page of the person who has a document number; the same sentence whether nobody or somebody
    else's.
    """
    form = NumberForm(request.POST)
    if form.is_valid():
        person = searching.by_number(by=request.mandate, **form.cleaned_data)
        if person is not None:
            return redirect("desk:person", person.pk)
        messages.info(
            request,
            _("No resident of your area has this number. That says nothing about other areas."),
        )
        return redirect("desk:search")
    context = {"query": Query(), "number_form": form, "mandate": request.mandate}
    return render(request, "desk/search/page.html", context, status=400)


def address_of(query: Query, request: MandatedRequest) -> str:
    """The address of a search's results: filters readable, anything that names somebody sealed for this
    user.
    """
    parts = QueryDict(mutable=True)
    if query.is_personal:
        parts["s"] = vault.current().seal(query.text, _context(request))
    elif query.text:
        parts["q"] = query.text
    return f"{reverse('desk:search')}?{parts.urlencode()}" if parts else reverse("desk:search")


def asked(request: MandatedRequest) -> Query:
    """The search an address stands for; empty for a seal that was altered or belongs to somebody else."""
    if "s" not in request.GET:
        return parse(request.GET.get("q", ""))
    try:
        return parse(vault.current().open_(request.GET["s"], _context(request)))
    except vault.SealBroken:
        return Query()


def _context(request: HttpRequest) -> str:
    return f"search:{request.user.pk}"
