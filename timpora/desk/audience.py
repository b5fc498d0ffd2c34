"""Which posts a notice is for: those of a tier for an area, or those who act for it while it is vacant."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from timpora.areas.codes import Level, at
from timpora.areas.models import office_of
from timpora.team.models import Mandate, Post, Team
from timpora.team.roles import Role, Tier


def posts(tier: Tier, area: str) -> QuerySet[Post]:
    """The posts of a tier that answer for an area, held or vacant."""
    if tier == Tier.OFFICE:
        return Post.objects.filter(office=office_of(area), role__in=(Role.IMMIGRATION, Role.CHAIR))
    role, level = {
        Tier.REGENCY: (Role.SECRETARY, Level.REGENCY),
        Tier.DISTRICT: (Role.DISTRICT, Level.DISTRICT),
        Tier.VILLAGE: (Role.VILLAGE, Level.VILLAGE),
    }[tier]
    return Post.objects.filter(area=at(level, area), role=role)


def acting(tier: Tier, area: str, *, without: int | None = None) -> set[Post]:
    """A tier's posts, and the next tiers' up to the first that has a holder other than user `without`.

    Vacant posts are told as well: whoever is seated there later finds what waits.
    """
    told: set[Post] = set()
    for each in range(tier, Tier.OFFICE - 1, -1):
        here = posts(Tier(each), area)
        told.update(here)
        if Mandate.objects.live().filter(post__in=here).exclude(user=without).exists():
            break
    return told


def office(code: str) -> QuerySet[Post]:
    """The posts that act for an immigration office, held or vacant."""
    return Post.objects.filter(office=code, role__in=(Role.IMMIGRATION, Role.CHAIR))


def village(area: str, *, without: int | None = None) -> set[Post]:
    """A village's posts; the kecamatan's too while nobody but user `without` holds one."""
    return acting(Tier.VILLAGE, area, without=without)


def secretariat(team: Team) -> set[Post]:
    """The posts that prepare a team's next decree: the chair and officers of its office, its own
    secretary.
    """
    office = Q(office=team.office_id, role__in=(Role.CHAIR, Role.IMMIGRATION))
    return set(Post.objects.filter(office | Q(area=team.area_id, role=Role.SECRETARY)))
