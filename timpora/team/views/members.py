"""Who is who in one's area, and who has not signed in yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from timpora.team import authority, directory, mailing
from timpora.team.access import mandate_required
from timpora.team.directory import STATES, TIERS, Wish
from timpora.team.models import Agency, Mandate, Team

ON_A_PAGE = 50
FOUND = 200  # most hits of one search; whoever has more types more letters


def _wish(request: HttpRequest) -> Wish:
    """The filters from the address; the words of a search only from the form's body: they may be a name."""
    given = {name: request.GET.get(name, "") for name in ("agency", "tier", "state")}
    return Wish(text=request.POST.get("q", "").strip()[:80], **given)


@mandate_required()
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: Any) -> HttpResponse:
    """The posts of the own area by tier, with who serves there; a search is a POST and writes nothing."""
    wish, by = _wish(request), request.mandate
    found = directory.posts(by, wish).of_members()
    page = Paginator(found[:FOUND] if wish.text else found, FOUND if wish.text else ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "wish": wish, "page": page, "lines": directory.lines(page), "tally": directory.tally(by),
        "agencies": Agency.objects.of_members(), "tiers": TIERS.items(), "states": STATES.items(),
        "teams": Team.objects.visible_to(by).select_related("area").order_by("until")[:12],
        "above": directory.line_above(by), "manager": by.role in authority.MANAGERS,
        "founder": by.role in authority.FOUNDERS,
    }  # fmt: skip
    return render(request, "team/members.html", context)


@mandate_required(*authority.MANAGERS)
@require_safe
def absent(request: Any) -> HttpResponse:
    """Members this mandate may give a slip to who serve today and have never signed in, by place."""
    mine = Mandate.objects.absent(request.mandate).with_places()
    page = Paginator(mine.order_by("post__area", "post__title", "pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    sent = mailing.underway(mandate.user for mandate in page)
    rows = [(mandate, sent.get(mandate.user_id)) for mandate in page]
    context = {"page": page, "rows": rows, "can_mail": bool(settings.EMAIL_HOST)}
    return render(request, "team/absent.html", context)
