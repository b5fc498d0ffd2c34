"""The papers of a mandate, and the page on which anybody checks one."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from timpora.papers.forms import CodeForm, FileForm
from timpora.papers.models import Paper
from timpora.papers.models.paper import READERS
from timpora.team.access import MandatedRequest, mandate_required

A_PAGE = 25


@mandate_required(*READERS)
@require_safe
def papers(request: MandatedRequest) -> HttpResponse:
    """The papers open to the mandate, newest first."""
    mine = Paper.objects.visible_to(request.mandate).newest_first()
    shown = mine.select_related("office", "area", "agency", "content").defer("content__data", "content__pdf")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "papers/list.html", {"page": page})


@mandate_required(*READERS)
@require_GET
def paper(request: MandatedRequest, pk: int) -> HttpResponse:
    """The PDF as it was issued; noted in the ledger."""
    found: Paper = get_object_or_404(Paper.objects.visible_to(request.mandate).kept(), pk=pk)
    return HttpResponse(
        found.read(by=request.mandate),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{found.file_name}"'},
    )


@rate_limit(action="check", limit_get=True)
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The page to type a paper's code on; a code in its shape leads on."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("papers:checked", form.cleaned_data["code"])
    return render(request, "papers/check.html", {"form": form}, status=400 if form.is_bound else 200)


@rate_limit(action="check", limit_get=True)
@never_cache
@require_safe
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """Which paper bears this code, without anything personal; 404 with the form where none does."""
    return _answer(request, code, FileForm())


@rate_limit(action="check", limit_get=True)
@never_cache
@require_POST
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """The same page, saying whether the file sent is the paper as it was issued. The file is not kept."""
    return _answer(request, code, FileForm(request.POST, request.FILES))


def _answer(request: HttpRequest, code: str, form: FileForm) -> HttpResponse:
    found = Paper.objects.of_code(code).select_related("office").first()
    if found is None:
        context = {"form": CodeForm(initial={"code": code[:60]}), "unknown": True}
        return render(request, "papers/check.html", context, status=404)
    same = found.is_of(form.digest()) if form.is_bound and form.is_valid() else None
    refused = form.is_bound and same is None
    context = {"paper": found, "form": form, "same": same}
    return render(request, "papers/checked.html", context, status=400 if refused else 200)
