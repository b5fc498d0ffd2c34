"""Pages one tap from everywhere: the legal basis, one's own role, help."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timpora.areas.codes import Level, at
from timpora.areas.models import Office, office_of
from timpora.desk import help_words, legal, role_words
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate, Post
from timpora.team.roles import Role, Tier

# Who is asked next: the tier above, by the role that keeps its secretariat.
ABOVE = {Tier.VILLAGE: Role.DISTRICT, Tier.DISTRICT: Role.SECRETARY, Tier.REGENCY: Role.CHAIR,
         Tier.OFFICE: Role.OPERATOR}  # fmt: skip


@require_safe
def legal_basis(request: HttpRequest) -> HttpResponse:
    """What the law says of this work; open to everybody, also before signing in."""
    sections = {"team": legal.TEAM, "record": legal.RECORD, "uncertain": legal.UNCERTAIN}
    return render(request, "desk/legal_basis.html", sections)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this system is, what it is not and why; open to everybody, also before signing in."""
    return render(request, "desk/about.html")


@mandate_required(*Role.values)
@require_safe
def your_role(request: MandatedRequest) -> HttpResponse:
    """What the acting role does, sees and never sees, and what holds for everybody."""
    words = role_words.WORDS[request.mandate.role]
    return render(request, "desk/your_role.html", {"words": words, "common": role_words.COMMON})


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """The five-minute tour of the demonstration; any other installation has no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "desk/tour.html")


@require_safe
def help(request: HttpRequest) -> HttpResponse:
    """Help for the page one came from, and which post to ask; posts and office telephones, never persons."""
    title, words = help_words.TOPICS.get(request.GET.get("page", ""), help_words.TOPICS["desk:home"])
    mandate: Mandate | None = request.mandate  # type: ignore[attr-defined]
    context = {
        "title": title,
        "words": words,
        "topics": help_words.TOPICS,
        **(whom_to_ask(mandate) if mandate else {}),
    }
    return render(request, "desk/help.html", context)


def whom_to_ask(mandate: Mandate) -> dict[str, Any]:
    """The posts of the tier above, for an office and who has no tier its operator; and the office with its
    telephone where it is known. Nobody is told to ask themselves.
    """
    office = _office(mandate)
    role = ABOVE[mandate.tier] if mandate.tier else Role.OPERATOR
    if mandate.role == Role.LODGING:  # the kecamatan has opened it
        role = Role.DISTRICT
    posts = Post.objects.held().filter(role=role).exclude(pk=mandate.post_id)
    own = mandate.post.area_id or ""
    if role == Role.DISTRICT:
        posts = posts.filter(area=at(Level.DISTRICT, own))
    elif role == Role.SECRETARY:
        posts = posts.filter(area=at(Level.REGENCY, own))
    else:
        posts = posts.filter(office=office)
    found = posts.select_related("area", "office").order_by("pk")[:5]
    return {"posts": found, "asks_operator": role == Role.OPERATOR, "office": office}


def _office(mandate: Mandate) -> Office | None:
    return mandate.post.office or office_of(mandate.post.area_id or "")
