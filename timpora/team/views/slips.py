"""Printing slips: one anew, or all of a kecamatan whose members have not signed in yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from timpora.areas.codes import Level, at, is_code
from timpora.areas.models import Area, Office
from timpora.team import authority, slips
from timpora.team.access import mandate_required
from timpora.team.models import Mandate, User, manageable_users


def printed(request: Any, users: Iterable[User], back: str) -> HttpResponse:
    """The sheets with fresh codes, shown this once."""
    door = request.build_absolute_uri(reverse("team:join"))
    made = slips.issue(by=request.mandate, users=users, door=door)
    context = {
        "sheets": slips.sheets(made),
        "door": door,
        "number": len(made),
        "only": made[0] if len(made) == 1 else None,
        "back": back,
    }
    return render(request, "team/slips.html", context)


def _place(area: str | None, office: str | None) -> str:
    """The pile a slip belongs to: its kecamatan, else the area above, else the office."""
    return office or at(Level.DISTRICT, area or "") or area or ""


def _waiting(by: Mandate) -> dict[str, list[int]]:
    """Pile → the users who have not signed in, each once, in the order of the posts."""
    serving = Mandate.objects.live().filter(user__in=manageable_users(by), user__last_login__isnull=True)
    piles: dict[str, list[int]] = {}
    rows = serving.order_by("post__area", "post__title", "pk").values_list(
        "post__area", "post__office", "user"
    )
    seen: set[int] = set()
    for area, office, user in rows:
        if user not in seen:
            seen.add(user)
            piles.setdefault(_place(area, office), []).append(user)
    return piles


@mandate_required(*authority.MANAGERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def piles(request: Any) -> HttpResponse:
    """How many slips each kecamatan needs; by POST of one `place` they are printed, with new codes."""
    waiting = _waiting(request.mandate)
    if request.method == "POST":
        users = waiting.get(request.POST.get("place", ""))
        if users is None:
            messages.info(request, _("Everybody there has signed in already."))
            return redirect("team:slips")
        found = User.objects.in_bulk(users)
        return printed(request, [found[pk] for pk in users], reverse("team:slips"))
    numbers = Counter({place: len(users) for place, users in waiting.items()})
    names = {
        area.pk: area.full_name for area in Area.objects.filter(pk__in=[p for p in numbers if is_code(p)])
    }
    names |= dict(Office.objects.filter(pk__in=numbers.keys() - names.keys()).values_list("pk", "name"))
    rows = [(place, names.get(place, place), number) for place, number in sorted(numbers.items())]
    return render(request, "team/piles.html", {"rows": rows})


@mandate_required(*authority.MANAGERS)
@never_cache
@require_POST
def slip(request: Any, pk: int) -> HttpResponse:
    """A new slip for one member; for somebody who also holds a post beyond this mandate there is none."""
    user = get_object_or_404(User.objects.known_to(request.mandate), pk=pk)
    if not manageable_users(request.mandate).filter(pk=pk).exists():
        messages.error(
            request,
            _("This member also serves outside your mandate. Whoever manages both posts can print the slip."),
        )
        return redirect("team:list")
    if user.pk == request.user.pk:
        raise Http404
    return printed(request, [user], reverse("team:list"))
