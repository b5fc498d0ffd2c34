"""Finding an area, its page, and the changes by decree."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from timpora.areas import clocks, codes
from timpora.areas.doors import is_operator, mandate_of
from timpora.areas.forms import ChangeForm
from timpora.areas.models import Area, AreaChange, office_of

SUGGESTED = 8
"""Options in a list of suggestions: what a phone shows above its keyboard."""
FOUND = 200
"""Most results of one search; whoever has more types more letters."""


def _scope(request: HttpRequest) -> dict[str, list[str] | list[int]]:
    """The codes and tiers the query narrows to; what is no code or no tier is passed over."""
    under = [code for code in request.GET.getlist("under") if codes.is_code(code)]
    levels = [int(level) for level in request.GET.getlist("level") if level in {"0", "1", "2", "3", "4"}]
    return {"under": under, "levels": levels}


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The areas a text may mean; without a text the provinces, or the parts of the area in `under`."""
    text, scope = request.GET.get("q", "").strip(), _scope(request)
    if text:
        found = Area.objects.search(text, **scope, limit=FOUND)  # type: ignore[arg-type]
    else:
        found = list(Area.objects.children_of(str((scope["under"] or [codes.NATION])[0])).with_line())
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    template = "areas/_results.html" if getattr(request, "htmx", False) else "areas/search.html"
    return render(request, template, {"text": text, "page": page, "operator": is_operator(request)})


@login_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The options of a type-ahead field: a list's items, nothing around them."""
    found = Area.objects.search(request.GET.get("q", ""), **_scope(request), limit=SUGGESTED)  # type: ignore[arg-type]
    return render(request, "areas/_options.html", {"areas": found})


@login_required
@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: what it is, where it lies, its office, its parts and the changes it went through."""
    if not codes.is_code(code):
        raise Http404
    shown = get_object_or_404(Area.objects.with_line(), code=code)
    context = {
        "area": shown,
        "above": shown.line[:0:-1],
        "zone": clocks.LABELS[shown.timezone],
        "office": office_of(code),
        "parts": Area.objects.children_of(code),
        "changes": AreaChange.objects.about(code),
    }
    return render(request, "areas/area.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """The changes by decree, the latest first; an operator records another of the own area by POST."""
    mandate, operator = mandate_of(request), is_operator(request)
    if request.method == "POST" and not operator:
        raise Http404
    form = ChangeForm(request.POST or None, under=mandate.codes if operator else ())
    if form.is_bound and form.is_valid() and form.record(mandate):
        messages.success(request, _("The change is recorded."))
        return redirect("areas:changes")
    every = AreaChange.objects.select_related("from_area", "to_area")
    page = Paginator(every, 25).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "operator": operator}
    return render(request, "areas/changes.html", context, status=400 if form.is_bound else 200)
