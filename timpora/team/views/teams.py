"""Teams by decree: their period, their seats, and who sits there today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timpora.team import authority, directory
from timpora.team.access import mandate_required
from timpora.team.forms.refused import attempted
from timpora.team.forms.team import DecreeForm, SeatForm, TeamForm
from timpora.team.models import Member, Post, Team

FORM = ["GET", "HEAD", "POST"]
ORDER = {position: place for place, position in enumerate(Member.Position.values)}


def _to(team: Team) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("team:team", args=[team.pk]), status=303)


@mandate_required()
@require_safe
def team(request: Any, pk: int) -> HttpResponse:
    """One team: decree, period, the warning before its end, and its seats."""
    shown = get_object_or_404(
        Team.objects.visible_to(request.mandate).select_related("area", "office"), pk=pk
    )
    manager = Team.objects.manageable_by(request.mandate).filter(pk=pk).exists()
    return _team(request, shown, SeatForm(by=request.mandate, team=shown) if manager else None)


def _team(request: Any, shown: Team, form: SeatForm | None, status: int = 200) -> HttpResponse:
    serving = Prefetch("post__mandates", directory.live(), "serving")
    seats = shown.members.select_related("post__area", "post__office", "post__agency").prefetch_related(
        serving
    )
    ordered = sorted(
        seats, key=lambda seat: (ORDER[seat.position], seat.post.agency.short, seat.post.area_id or "")
    )
    linked = Post.objects.visible_to(request.mandate).filter(seats__team=shown)
    context = {
        "team": shown,
        "seats": ordered,
        "form": form,
        "linked": set(linked.values_list("pk", flat=True)),
    }
    return render(request, "team/team.html", context, status=status)


@mandate_required(*authority.FOUNDERS)
@require_http_methods(FORM)
def new_team(request: Any) -> HttpResponse:
    """The form of a new team with its decree."""
    form = TeamForm(request.POST or None, by=request.mandate)
    if form.is_bound and form.is_valid():
        founded = attempted(form, form.found, by=request.mandate)
        if founded is not None:
            messages.success(request, _("The team is entered. Now give its posts their seats."))
            return _to(founded)
    return render(request, "team/decree.html", {"form": form}, status=400 if form.is_bound else 200)


@mandate_required(*authority.FOUNDERS)
@require_http_methods(FORM)
def decree(request: Any, pk: int) -> HttpResponse:
    """Another decree, period or name for a team."""
    changed = get_object_or_404(Team.objects.manageable_by(request.mandate), pk=pk)
    names = ("name", "decree", "decided_on", "since", "until")
    form = DecreeForm(request.POST or None, initial={name: getattr(changed, name) for name in names})
    if (
        form.is_bound
        and form.is_valid()
        and attempted(form, form.change, by=request.mandate, team=changed) is not None
    ):
        messages.success(request, _("The decree is entered."))
        return _to(changed)
    return render(
        request, "team/decree.html", {"form": form, "team": changed}, status=400 if form.is_bound else 200
    )


@mandate_required(*authority.FOUNDERS)
@require_POST
def seats(request: Any, pk: int) -> HttpResponse:
    """Gives a post a seat in the team."""
    joined = get_object_or_404(
        Team.objects.manageable_by(request.mandate).select_related("area", "office"), pk=pk
    )
    form = SeatForm(request.POST, by=request.mandate, team=joined)
    if form.is_valid() and attempted(form, form.seat, by=request.mandate, team=joined) is not None:
        return _to(joined)
    return _team(request, joined, form, status=400)


@mandate_required(*authority.FOUNDERS)
@require_POST
def unseat(request: Any, pk: int, seat: int) -> HttpResponse:
    """Takes a post's seat away."""
    left = get_object_or_404(Team.objects.manageable_by(request.mandate), pk=pk)
    left.unseat(by=request.mandate, member=get_object_or_404(left.members, pk=seat))
    return redirect("team:team", pk)
