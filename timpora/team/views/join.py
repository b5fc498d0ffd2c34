"""The way in with a slip: type or scan its code, choose a secret, be signed in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from timpora.ledger.refusal import Refusal
from timpora.team.forms.refused import add_refusal, attempted
from timpora.team.forms.sign_in import CodeForm, SecretForm
from timpora.team.models import Invitation, Mandate
from timpora.team.models.invitation import normalise


@rate_limit(action="join")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The page to type a code on; a good one leads on."""
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        invitation = attempted(form, Invitation.objects.of_code, code=form.cleaned_data["code"])
        if invitation is not None:
            return redirect("team:join_code", normalise(form.cleaned_data["code"]))
    return render(request, "team/join.html", {"form": form}, status=400 if form.is_bound else 200)


@rate_limit(action="join")
@never_cache
@sensitive_post_parameters("secret", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Whose slip it is (the post), and the form for the secret; by POST the user is signed in at once."""
    try:
        invitation = Invitation.objects.of_code(code)
    except Refusal as refusal:
        form = CodeForm({"code": code[:40]})
        form.is_valid()
        add_refusal(form, refusal)
        return render(request, "team/join.html", {"form": form}, status=404)
    secret = SecretForm(request.POST or None, user=invitation.user)
    if secret.is_bound and secret.is_valid():
        user = attempted(secret, secret.accept, invitation=invitation)
        if user is not None:
            return _welcome(request, user)
    seats = Mandate.objects.standing().with_places().filter(user=invitation.user_id)
    context = {"form": secret, "seats": seats, "user_name": invitation.user.username}
    return render(request, "team/join_code.html", context, status=400 if secret.is_bound else 200)


def _welcome(request: HttpRequest, user: object) -> HttpResponse:
    adapter = get_adapter()
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, user)
    messages.success(request, _("Welcome. Next time sign in with your user name and this PIN or password."))
    return HttpResponseRedirect("/", status=303)
