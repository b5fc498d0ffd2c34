"""Who is who: the posts a mandate sees, who serves there, what is vacant and who acts for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import NATION, Level, ancestors, at, level, under
from timpora.areas.models import Jurisdiction
from timpora.team import authority
from timpora.team.models import Mandate, Post
from timpora.team.models.post import PostQuerySet
from timpora.team.roles import Role, Tier

STATES = {
    "vacant": _("vacant"),
    "deputy": _("with a deputy"),
    "new": _("not signed in yet"),
    "ending": _("ends within 30 days"),
}
TIERS = {
    "office": _("Immigration office"),
    "0": _("Nation"),
    "1": _("Province"),
    "2": _("Kabupaten or kota"),
    "3": _("Kecamatan"),
    "4": _("Desa or kelurahan"),
}
SOON = timedelta(days=30)
HOLDING = {
    Tier.DISTRICT: (Role.DISTRICT,),
    Tier.REGENCY: (Role.SECRETARY,),
    Tier.OFFICE: (Role.IMMIGRATION, Role.CHAIR),
}
"""Tier → the roles that hold its part (a vacant tier's part is taken by the next one up)."""


@dataclass(frozen=True)
class Wish:
    """What the reader asked for; an empty text or "" means everything."""

    text: str = ""
    agency: str = ""
    tier: str = ""
    state: str = ""
    under: str = ""


@dataclass
class Line:
    """One post as a row of the directory."""

    post: Post
    serving: list[Mandate] = field(default_factory=list)
    covered_by: Post | None = None

    @property
    def tier(self) -> str:
        return str(TIERS[str(int(level(self.post.area_id))) if self.post.area_id else "office"])

    @property
    def is_vacant(self) -> bool:
        return not self.serving


def live() -> QuerySet[Mandate]:
    """Mandates in force, with their users."""
    return Mandate.objects.live().select_related("user").order_by("kind", "pk")


def posts(by: Mandate, wish: Wish) -> PostQuerySet:
    """The posts in the reader's area that fit the wish: the office first, then from the top down."""
    found: PostQuerySet = Post.objects.visible_to(by).with_places()
    if wish.text:
        served = live().filter(Q(user__name__icontains=wish.text) | Q(user__username__icontains=wish.text))
        found = found.filter(
            Q(title__icontains=wish.text) | Q(area__name__icontains=wish.text)
            | Q(agency__name__icontains=wish.text) | Exists(served.filter(post=OuterRef("pk")).order_by())
        )  # fmt: skip
    if wish.agency:
        found = found.filter(agency=wish.agency)
    if wish.under:
        found = found.filter(under("area", [wish.under]))
    found = _on_tier(found, wish.tier)
    found = _in_state(found, wish.state).order_by(
        F("office").asc(nulls_last=True), "area__level", "area", "agency__short", "title", "pk"
    )
    return found.prefetch_related(Prefetch("mandates", live(), "serving"))


def _on_tier(found: PostQuerySet, tier: str) -> PostQuerySet:
    if tier == "office":
        return found.filter(office__isnull=False)
    return found.filter(area__level=int(tier)) if tier in TIERS else found


def _in_state(found: PostQuerySet, state: str) -> PostQuerySet:
    serving = Mandate.objects.live().filter(post=OuterRef("pk"))
    match state:
        case "vacant":
            return found.filter(~Exists(serving))
        case "deputy":
            return found.filter(Exists(serving.exclude(kind=Mandate.Kind.HOLDER)))
        case "new":
            return found.filter(Exists(serving.filter(user__last_login__isnull=True)))
        case "ending":
            return found.filter(Exists(serving.filter(until__lte=timezone.localdate() + SOON)))
    return found


def tally(by: Mandate) -> dict[str, int]:
    """Posts in the reader's area: all, vacant, with a deputy, and with somebody who has not signed in yet.

    For whoever hands out slips the last is the number of officers who wait for one from them.
    """
    serving = Mandate.objects.live().filter(post=OuterRef("pk"))
    counted = (
        Post.objects.visible_to(by)
        .of_members()
        .aggregate(
            posts=Count("pk"),
            vacant=Count("pk", filter=~Exists(serving)),
            deputies=Count("pk", filter=Exists(serving.exclude(kind=Mandate.Kind.HOLDER))),
            new=Count("pk", filter=Exists(serving.filter(user__last_login__isnull=True))),
        )
    )
    if by.role in authority.MANAGERS:
        counted["new"] = Mandate.objects.absent(by).count()
    return dict(counted)


def lines(found: Iterable[Post]) -> list[Line]:
    """The posts as rows; for a vacant one the post that takes its part meanwhile."""
    rows = [Line(post, list(post.serving)) for post in found]  # type: ignore[attr-defined]
    vacant = [
        row for row in rows if row.is_vacant and row.post.tier in (Tier.VILLAGE, Tier.DISTRICT, Tier.REGENCY)
    ]
    above = _held_above(vacant) if vacant else {}
    for row in vacant:
        row.covered_by = _cover(row.post, above)
    return rows


def _held_above(vacant: list[Line]) -> dict[tuple[Tier, str], Post]:
    """The held posts of the tiers at and above the vacant ones: (tier, area code) → post."""
    codes = {code for row in vacant for code in ancestors(row.post.area_id or NATION)}
    regencies = {at(Level.REGENCY, row.post.area_id or NATION) or "" for row in vacant}
    offices = dict(Jurisdiction.objects.live().filter(area__in=regencies).values_list("area_id", "office_id"))
    roles = [role for held in HOLDING.values() for role in held] + [Role.VILLAGE]
    held = Post.objects.held().with_places().filter(
        Q(area__in=codes) | Q(office__in=set(offices.values())), role__in=roles
    ).order_by("-pk")  # fmt: skip
    found: dict[tuple[Tier, str], Post] = {}
    for post in held:
        for code in [code for code, office in offices.items() if office == post.office_id] or [
            post.area_id or ""
        ]:
            if post.tier is not None:
                found[post.tier, code] = post
    return found


def _cover(post: Post, held: dict[tuple[Tier, str], Post]) -> Post | None:
    """The next tier up with somebody in the chair; None where a colleague of the same tier serves."""
    tier = post.tier or Tier.VILLAGE
    if (tier, post.area_id or "") in held:
        return None
    for above in range(tier - 1, 0, -1):
        place = at(Level.REGENCY if above <= Tier.REGENCY else Level.DISTRICT, post.area_id or "")
        if found := held.get((Tier(above), place or "")):
            return found
    return None


def line_above(by: Mandate) -> list[Line]:
    """The posts a village or district turns to: those of the tiers above it, in order."""
    if by.post.area_id is None or by.tier is None:
        return []
    codes = set(ancestors(by.post.area_id)[1:])
    regency = at(Level.REGENCY, by.post.area_id)
    offices = Jurisdiction.objects.live().filter(area=regency).values("office")
    wanted: dict[str, Any] = {"role__in": (Role.DISTRICT, Role.SECRETARY, Role.IMMIGRATION)}
    found = Post.objects.with_places().filter(Q(area__in=codes) | Q(office__in=offices), **wanted)
    ordered = found.prefetch_related(Prefetch("mandates", live(), "serving")).order_by("-area__level", "pk")
    return [Line(post, list(post.serving)) for post in ordered]
