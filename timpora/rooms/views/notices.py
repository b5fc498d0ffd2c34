"""The notices of the acting post, and how their reader wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.rooms import line
from timpora.rooms.forms import PreferenceForm
from timpora.rooms.line.notices import preview
from timpora.rooms.models import Binding, Notice, Preference
from timpora.team.access import MandatedRequest, mandate_required

A_PAGE = 25


@mandate_required()
@require_safe
def notices(request: MandatedRequest) -> HttpResponse:
    """The post's notices, newest first."""
    mine = Notice.objects.visible_to(request.mandate).newest_first()
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "rooms/notices.html",
        {"page": page, "unread": mine.unread().count(), "has_line": line.is_open()},
    )


@mandate_required()
@require_POST
def reading(request: MandatedRequest, pk: int) -> HttpResponse:
    """Marks a notice as read for its post, and goes where it points."""
    notice = get_object_or_404(Notice.objects.visible_to(request.mandate), pk=pk)
    Notice.objects.filter(pk=notice.pk).read()
    return redirect(notice.path)


@mandate_required()
@require_POST
def readings(request: MandatedRequest) -> HttpResponse:
    """Marks every notice of the post as read."""
    Notice.objects.visible_to(request.mandate).read()
    return redirect("rooms:notices")


@mandate_required()
@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: MandatedRequest) -> HttpResponse:
    """The user's own choice of channel, digest time and quiet hours."""
    chosen = Preference.objects.of(request.mandate.user)
    form = PreferenceForm(request.POST or None, instance=chosen)
    if form.is_bound and form.is_valid():
        chosen.choose(by=request.mandate.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("rooms:notices")
    context = {
        "form": form,
        "has_server": bool(settings.EMAIL_HOST),
        "address": request.mandate.user.email,
        "binding": Binding.objects.of(request.mandate.user) if line.is_open() else None,
        "preview": preview(request.mandate.user) if line.is_open() else None,
        "has_line": line.is_open(),
    }
    return render(request, "rooms/preference.html", context, status=400 if form.is_bound else 200)
