"""What belongs to whoever signs in: language, number, the mandate acted under, leaving a shared phone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from timpora.ledger import book
from timpora.team import device
from timpora.team.forms.account import AccountForm
from timpora.team.forms.refused import attempted


def back(request: HttpRequest, otherwise: str = "/") -> HttpResponseRedirect:
    """To the page of this site that the form came from; 303, so that a reload sends nothing twice."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else otherwise, status=303)


def _speak(response: HttpResponse, language: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, samesite="Lax")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The pages speak the chosen language from now on, and after the next sign-in too."""
    chosen = request.POST.get("language", "")
    response = back(request)
    if chosen in dict(settings.LANGUAGES):
        _speak(response, chosen)
        if request.user.is_authenticated:
            request.user.change(by=getattr(request, "mandate", None) or request.user, language=chosen)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    """The own account: names, number, language, the ways in and the posts."""
    user = request.user
    form = AccountForm(
        request.POST or None, initial={"phone": user.phone, "email": user.email, "language": user.language}
    )
    if form.is_bound and form.is_valid() and attempted(form, form.change, user=user) is not None:
        with override(user.language):
            messages.success(request, _("Your details are saved."))
        response = HttpResponseRedirect(request.path, status=303)
        _speak(response, user.language)
        return response
    return render(request, "team/account.html", {"form": form}, status=400 if form.is_bound else 200)


@login_required
@require_POST
def switch(request: Any) -> HttpResponse:
    """Acts under another of the user's live mandates from now on."""
    chosen = next((m for m in request.mandates if str(m.pk) == request.POST.get("mandate")), None)
    if chosen is None:
        raise Http404
    with book.writing():
        book.record(
            "session.switched", by=chosen, area=chosen.post.area_id or "", subject=f"mandate:{chosen.pk}"
        )
    request.session["mandate"] = chosen.pk
    messages.info(request, _("You now act as %(post)s, %(place)s.") % {
        "post": chosen.post.title, "place": chosen.post.place})  # fmt: skip
    return back(request)


@require_POST
def switch_user(request: HttpRequest) -> HttpResponse:
    """Signs out and leads to the sign-in page, where a shared phone offers the names it remembers."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL, status=303)


@require_POST
def forget_names(request: HttpRequest) -> HttpResponse:
    """This device offers no user names any more."""
    response = HttpResponseRedirect(settings.LOGIN_URL, status=303)
    device.forget(response)
    return response
