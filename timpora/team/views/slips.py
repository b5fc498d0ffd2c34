"""Printing slips: one anew, or all of a kecamatan whose members have not signed in yet."""

from __future__ import annotations

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
from timpora.team import authority, mailing, slips
from timpora.team.access import mandate_required
from timpora.team.models import Mandate, User, manageable_users


def printed(request: Any, users: Iterable[User], back: str) -> HttpResponse:
    """The sheets with fresh codes, shown this once."""
    door = request.build_absolute_uri(reverse("team:join"))
    return shown(request, slips.issue(by=request.mandate, users=users, door=door), door, back)


def shown(
    request: Any, made: list[slips.Slip], door: str, back: str, *, unsent: bool = False
) -> HttpResponse:
    """The sheets of these slips; `unsent` says that the mail server did not take them."""
    context = {
        "sheets": slips.sheets(made),
        "door": door,
        "number": len(made),
        "only": made[0] if len(made) == 1 else None,
        "back": back,
        "unsent": unsent,
    }
    return render(request, "team/slips.html", context)


def _place(area: str | None, office: str | None) -> str:
    """The pile a slip belongs to: its kecamatan, else the area above, else the office."""
    return office or at(Level.DISTRICT, area or "") or area or ""


def piles_of(by: Mandate) -> dict[str, list[int]]:
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
    waiting = piles_of(request.mandate)
    if request.method == "POST":
        users = waiting.get(request.POST.get("place", ""))
        if users is None:
            messages.info(request, _("Everybody there has signed in already."))
            return redirect("team:slips")
        found = User.objects.in_bulk(users)
        return printed(request, [found[pk] for pk in users], reverse("team:slips"))
    return render(request, "team/piles.html", {"rows": _rows(waiting)})


def _rows(waiting: dict[str, list[int]]) -> list[tuple[str, str, int, int]]:
    """Each pile with its name, how many slips it needs, and how many of them could go by e-mail."""
    users = User.objects.in_bulk([pk for pile in waiting.values() for pk in pile])
    areas = Area.objects.filter(pk__in=[place for place in waiting if is_code(place)])
    names = {area.pk: area.full_name for area in areas}
    names |= dict(Office.objects.filter(pk__in=waiting.keys() - names.keys()).values_list("pk", "name"))
    return [
        (place, names.get(place, place), len(pile), sum(mailing.reaches(users[pk]) for pk in pile))
        for place, pile in sorted(waiting.items())
    ]


def in_hand(request: Any, pk: int) -> User | None:
    """A member this mandate may let in anew, not oneself; None, with a word why, for one who holds more."""
    user: User = get_object_or_404(User.objects.known_to(request.mandate), pk=pk)
    if not manageable_users(request.mandate).filter(pk=pk).exists():
        messages.error(
            request,
            _("This member also serves outside your mandate. Whoever manages both posts can print the slip."),
        )
        return None
    if user.pk == request.user.pk:
        raise Http404
    return user


@mandate_required(*authority.MANAGERS)
@never_cache
@require_POST
def slip(request: Any, pk: int) -> HttpResponse:
    """A new slip for one member; for somebody who also holds a post beyond this mandate there is none."""
    user = in_hand(request, pk)
    return redirect("team:list") if user is None else printed(request, [user], reverse("team:list"))
