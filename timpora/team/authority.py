"""Who may seat, hand over and invite whom: by role and by place.

Nobody makes a post that sees more than their own, and the posts that watch over others (auditor, data
protection) are the operator's alone to fill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from timpora.areas.codes import NATION, Level, ancestors, level, under, within_any
from timpora.team.roles import Role

if TYPE_CHECKING:
    from timpora.team.models import Mandate, Post

_BELOW = (Role.VILLAGE, Role.DISTRICT, Role.CONTRIBUTOR, Role.LODGING)
MANAGES: dict[str, tuple[str, ...]] = {
    Role.DISTRICT: (Role.VILLAGE, Role.LODGING),
    Role.SECRETARY: (*_BELOW, Role.SECRETARY),
    Role.IMMIGRATION: (*_BELOW, Role.SECRETARY, Role.IMMIGRATION),
    Role.CHAIR: (*_BELOW, Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR),
    Role.OPERATOR: tuple(Role.values),
}
"""Role → the roles whose posts it opens, fills and hands over, within its own area."""

MANAGERS = tuple(MANAGES)
FOUNDERS = (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR, Role.OPERATOR)
"""The roles that enter a team with its decree."""

STANDS_ON: dict[str, tuple[int, ...]] = {
    Role.VILLAGE: (Level.VILLAGE,),
    Role.LODGING: (Level.VILLAGE,),
    Role.DISTRICT: (Level.DISTRICT,),
    Role.SECRETARY: (Level.REGENCY,),
    Role.CONTRIBUTOR: (Level.PROVINCE, Level.REGENCY, Level.DISTRICT),
    Role.COUNTS: (Level.NATION, Level.PROVINCE),
    Role.PROTECTION: (Level.NATION, Level.PROVINCE),
    Role.AUDITOR: (Level.NATION, Level.PROVINCE),
    Role.OPERATOR: (Level.NATION, Level.PROVINCE),
}
"""Role → the tiers of areas its posts stand on; a role that is missing stands at an office only."""

AT_OFFICE = (Role.IMMIGRATION, Role.CHAIR, Role.CONTRIBUTOR, Role.PROTECTION, Role.AUDITOR, Role.OPERATOR)


def _upward(by: Mandate) -> tuple[str, ...]:
    """The areas above an operator, whose readers and auditors it seats."""
    if by.role != Role.OPERATOR:
        return ()
    home = by.post.office.province_id if by.post.office else by.post.area_id
    return ancestors(home or NATION)


def may_manage(by: Mandate, *, role: str, area: str | None = None, office: str | None = None) -> bool:
    """Whether a mandate may open, fill or hand over a post of `role` at this area or office."""
    if role not in MANAGES.get(by.role, ()):
        return False
    if NATION in by.codes:
        return True
    if office is not None:
        return office == by.post.office_id
    if area is None:
        return False
    return within_any(area, by.codes) or area in _upward(by)


def manageable(by: Mandate, prefix: str = "") -> Q:
    """The same as a condition on posts; `prefix` leads to the post ("post__")."""
    roles = Q(**{f"{prefix}role__in": MANAGES.get(by.role, ())})
    if NATION in by.codes:
        return roles
    places = under(f"{prefix}area", by.codes)
    if by.post.office_id:
        places |= Q(**{f"{prefix}office": by.post.office_id})
    if above := _upward(by):
        places |= Q(**{f"{prefix}area__in": above})
    return roles & places


def fits(role: str, *, area: str | None, office: str | None) -> bool:
    """Whether posts of a role stand at such a place at all."""
    if office is not None:
        return role in AT_OFFICE
    return area is not None and level(area) in STANDS_ON.get(role, ())


def manages(by: Mandate, post: Post) -> bool:
    """Whether a mandate may act on this post."""
    return may_manage(by, role=post.role, area=post.area_id, office=post.office_id)
