"""The pages that foreign nationals read: the door, the two questions, what is held, a request."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger import book
from timpora.registry.models import Request
from timpora.rights.mine.door import Key, inside, keep, key_of, let_go, show, their_page, visit_of
from timpora.rights.mine.forms import AnswersForm, CodeForm, RequestForm
from timpora.rights.mine.record import Record
from timpora.rights.models import Link, Visit
from timpora.team.forms.refused import attempted
from timpora.team.models.invitation import digest


@require_http_methods(["GET", "HEAD", "POST"])
@their_page
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held, for whoever is inside; the two questions after a code; else where a code is typed."""
    visit = visit_of(request)
    if visit is not None:
        return show(request, "rights/mine/page.html", {"visit": visit, "record": Record(visit.link.person)})
    if request.method != "POST":
        if key_of(request).code:
            return _questions(request, AnswersForm(label_suffix=""))
        return show(request, "rights/mine/door.html", {"form": CodeForm(label_suffix="")})
    form = CodeForm(request.POST, label_suffix="")
    if form.is_valid():
        return keep(_see("rights:my_data"), Key(code=digest(form.cleaned_data["code"])))
    return show(request, "rights/mine/door.html", {"form": form}, status=400)


@require_safe
@their_page
def code(request: HttpRequest, code: str) -> HttpResponse:
    """The address on a slip: the code leaves it for a cookie at once, whether it opens anything or not."""
    response = keep(_see("rights:my_data"), Key(code=digest(code)))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@sensitive_post_parameters()
@their_page
def visits(request: HttpRequest) -> HttpResponse:
    """The answers: right ones open the page for half an hour, every other way reads the same sentence."""
    key, form = key_of(request), AnswersForm(request.POST, label_suffix="")
    if not key.code:
        return _see("rights:my_data")
    if form.is_valid():
        visit = attempted(form, Link.objects.visit, code_digest=key.code, **form.cleaned_data)
        if visit is not None:
            return keep(_see("rights:my_data"), Key(visit=visit.pk))
    return _questions(request, form, status=400)


@require_POST
@inside
def leaving(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Closed on this device; the link opens it again while it is valid."""
    visit.close()
    return let_go(_see("rights:my_data"))


@require_http_methods(["GET", "HEAD", "POST"])
@inside
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form of one kind of request; sent, it stands on the page with its clock."""
    kind = request.GET.get("kind", "")
    if kind not in Request.Kind.values:
        raise Http404
    form = RequestForm(request.POST or None, kind=kind)
    if form.is_bound and form.is_valid():
        link = visit.link
        given = {"person": link.person, "kind": kind, "said": form.said(), "cause": link.cause}
        made = attempted(form, Request.objects.make, by=book.SUBJECT, **given)
        if made is not None:
            return HttpResponseRedirect(f"{reverse('rights:my_data')}#requests", status=303)
    status = 400 if form.is_bound else 200
    return show(
        request, "rights/mine/request.html", {"form": form, "kind": kind, "visit": visit}, status=status
    )


def _questions(request: HttpRequest, form: AnswersForm, status: int = 200) -> HttpResponse:
    return show(request, "rights/mine/questions.html", {"form": form}, status=status)


def _see(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)
