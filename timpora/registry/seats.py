"""Who sits on the tiers' posts today: a vacant tier's part is taken by the next one (rules.md section 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from timpora.areas.codes import Level, at, under
from timpora.areas.models import Jurisdiction, Office
from timpora.team.models import Mandate
from timpora.team.models.mandate import MandateQuerySet
from timpora.team.roles import Role, Tier

SEATS = {
    Role.DISTRICT: Tier.DISTRICT,
    Role.SECRETARY: Tier.REGENCY,
    Role.IMMIGRATION: Tier.OFFICE,
    Role.CHAIR: Tier.OFFICE,
}


class Seats:
    """The users who hold each tier's posts over some areas, deputies included: two queries for any number."""

    def __init__(self, codes: Iterable[str]) -> None:
        regencies = {at(Level.REGENCY, code) or code for code in codes}
        rows = Jurisdiction.objects.live().filter(under("area", regencies)).select_related("office")
        self._offices: dict[str, Office] = {row.area_id: row.office for row in rows}
        self._users: dict[tuple[Tier, str], set[int]] = defaultdict(set)
        posts = under("post__area", regencies) | Q(post__office__in={o.pk for o in self._offices.values()})
        live = Mandate.objects.live().filter(posts, post__role__in=SEATS)
        for user, role, area, office in live.values_list("user", "post__role", "post__area", "post__office"):
            self._users[SEATS[Role(role)], area or office].add(user)

    def office(self, area: str) -> Office | None:
        """The office that answers for an area."""
        return self._offices.get(at(Level.REGENCY, area) or "")

    def holders(self, tier: Tier, area: str) -> set[int]:
        """The users who act on a tier for an area today."""
        office = self.office(area)
        place = {
            Tier.OFFICE: office.pk if office else "",
            Tier.REGENCY: at(Level.REGENCY, area) or "",
            Tier.DISTRICT: at(Level.DISTRICT, area) or "",
        }[tier]
        return self._users.get((tier, place), set())

    def fall_to(self, upper: Tier, tier: Tier, area: str, *, without: int | None = None) -> bool:
        """Whether the part of `tier` falls to `upper`: nobody sits between them, `without` not counted."""
        between = (Tier(number) for number in range(upper + 1, tier + 1))
        return upper < tier and not any(self.holders(each, area) - {without} for each in between)


def village_holders(area: Any, *, without: Any) -> MandateQuerySet:
    """The mandates in force of a village's officers but for one user's; both may stand for columns."""
    seated: MandateQuerySet = Mandate.objects.live().filter(post__role=Role.VILLAGE, post__area=area)
    return seated.exclude(user=without)
