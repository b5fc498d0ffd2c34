"""A post: who serves and who served there, and the verbs of its chair."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.ledger.refusal import Refusal
from timpora.team import authority, directory, mailing
from timpora.team.access import mandate_required
from timpora.team.forms.person import AppointmentForm, HandoverForm
from timpora.team.forms.post import PostForm
from timpora.team.forms.refused import attempted
from timpora.team.models import Mandate, Member, Post, manageable_users
from timpora.team.views.invitations import mailed
from timpora.team.views.slips import printed

FORM = ["GET", "HEAD", "POST"]


def _to(post: Post) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("team:post", args=[post.pk]), status=303)


def _managed(request: Any, pk: int) -> Post:
    post: Post = get_object_or_404(Post.objects.manageable_by(request.mandate).with_places(), pk=pk)
    return post


@mandate_required()
@require_safe
def post(request: Any, pk: int) -> HttpResponse:
    """One post: what it sees, who serves, every holder it had, its seats; for its managers the verbs."""
    shown = get_object_or_404(directory.posts(request.mandate, directory.Wish()), pk=pk)
    line = directory.lines([shown])[0]
    manager = authority.manages(request.mandate, shown)
    history = shown.mandates.select_related("user").order_by("-since", "-pk")
    mine = set(manageable_users(request.mandate).filter(mandates__post=shown).values_list("pk", flat=True))
    sent = mailing.underway(mandate.user for mandate in line.serving)
    context = {
        "line": line,
        "serving": [(mandate, sent.get(mandate.user_id)) for mandate in line.serving],
        "can_mail": bool(settings.EMAIL_HOST),
        "post": shown,
        "history": history,
        "manager": manager,
        "printable": mine - {request.user.pk},
        "holder": next((m for m in line.serving if m.kind == Mandate.Kind.HOLDER), None),
        "seats": Member.objects.filter(post=shown).select_related("team"),
    }
    return render(request, "team/post.html", context)


@mandate_required(*authority.MANAGERS)
@require_http_methods(FORM)
def new_post(request: Any) -> HttpResponse:
    """The form of a new post; it opens vacant and leads to its page."""
    form = PostForm(request.POST or None, by=request.mandate)
    if form.is_bound and form.is_valid():
        opened = attempted(form, form.open)
        if opened is not None:
            messages.success(request, _("The post is open. Now appoint somebody."))
            return _to(opened)
    return render(request, "team/new_post.html", {"form": form}, status=400 if form.is_bound else 200)


@mandate_required(*authority.MANAGERS)
@never_cache
@require_http_methods(FORM)
def appointment(request: Any, pk: int) -> HttpResponse:
    """Seats a holder or deputy; somebody new gets a slip at once."""
    filled = _managed(request, pk)
    form = AppointmentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        granted = attempted(form, form.appoint, by=request.mandate, post=filled)
        if granted is not None:
            return _seated(request, granted)
    return render(
        request, "team/appointment.html", {"form": form, "post": filled}, status=400 if form.is_bound else 200
    )


@mandate_required(*authority.MANAGERS)
@never_cache
@require_http_methods(FORM)
def handover(request: Any, pk: int) -> HttpResponse:
    """Passes a held post to another person: the old holder's access ends with this request."""
    passed = _managed(request, pk)
    held = passed.mandates.standing().filter(kind=Mandate.Kind.HOLDER).select_related("user", "post").first()
    if held is None:
        return HttpResponseRedirect(reverse("team:appointment", args=[pk]), status=303)
    form = HandoverForm(request.POST or None)
    if form.is_bound and form.is_valid():
        granted = attempted(form, form.hand_over, by=request.mandate, held=held)
        if granted is not None:
            return _seated(request, granted)
    context = {"form": form, "post": passed, "held": held}
    return render(request, "team/handover.html", context, status=400 if form.is_bound else 200)


def _seated(request: Any, granted: Mandate) -> HttpResponse:
    """The invitation or slip of somebody who has no way in yet; otherwise the post's page.

    A slip opens the whole account, so there is none for whoever also serves beyond this mandate.
    """
    mine = manageable_users(request.mandate).filter(pk=granted.user_id).exists()
    if granted.user.has_usable_password() or granted.user.has_signed_in or not mine:
        messages.success(request, _("The post is filled. The person signs in as before."))
        return _to(granted.post)
    way = mailed if mailing.reaches(granted.user) else printed
    return way(request, [granted.user], reverse("team:post", args=[granted.post_id]))


@mandate_required(*authority.MANAGERS)
@require_POST
def end(request: Any, pk: int) -> HttpResponse:
    """Ends a mandate on every device at once."""
    ended = get_object_or_404(Mandate.objects.manageable_by(request.mandate).with_places(), pk=pk)
    try:
        ended.end(by=request.mandate)
        messages.success(request, _("The mandate has ended. What waits stays with the post."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to(ended.post)
