"""Which undecided rows wait for a mandate's word: the rule of `Asked.standing` for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Left

from timpora.areas.codes import Level, at, under
from timpora.registry.deciding import other_office
from timpora.registry.models import Agreement, Proposal
from timpora.registry.models.person import last_area
from timpora.registry.seats import Seats
from timpora.team.models import Mandate, Post
from timpora.team.roles import Tier

if TYPE_CHECKING:
    from timpora.exchange.models.row import RowQuerySet

# The places that a tier covers, and the characters of their codes ("33.19", "33.19.01").
CODE = models.CharField()
COVERED = {Tier.DISTRICT: (Level.DISTRICT, 8), Tier.REGENCY: (Level.REGENCY, 5)}


def decided_by(rows: RowQuerySet, mandate: Mandate | Post) -> RowQuerySet:
    """Of undecided rows of its area those whose decision belongs to the mandate's tier, or falls to it from a
    vacant one; of a post, whoever sits there. Four queries at the most, however many rows.
    """
    if mandate.tier is None:
        return rows.none()
    if isinstance(mandate, Mandate):
        rows = rows.exclude(batch__sender=mandate.user_id)
    rows, tier = rows.annotate(asked_tier=_tier()), Tier(mandate.tier)
    mine = Q(asked_tier=tier)
    if below := [lower for lower in COVERED if lower > tier]:
        # Without order: what a queryset is ordered by is told apart, too.
        waiting = rows.order_by().values_list("area", "batch__sender", "asked_tier").distinct()
        asked = set(waiting)
        if not asked:
            return rows.none()
        if any(lower in below for _area, _sender, lower in asked):
            seats = Seats(mandate.codes)
            for lower in below:
                places = {(area, sender) for area, sender, each in asked if each == lower}
                mine |= Q(_fallen(seats, tier, lower, places), asked_tier=lower)
    return rows.filter(mine)


def agreed_by(rows: RowQuerySet, mandate: Mandate | Post) -> RowQuerySet:
    """Of rows of other offices those to which the office of a mandate or post is to say yes and has not."""
    post = mandate.post if isinstance(mandate, Mandate) else mandate
    if isinstance(mandate, Mandate):
        rows = rows.exclude(batch__sender=mandate.user_id)
    said = Agreement.objects.filter(statement=OuterRef("statement"), office=post.office_id)
    return rows.filter(~Exists(said))


@dataclass(frozen=True)
class Waiting:
    """Whom undecided rows wait for: (tier, area, sender) of those who decide, and the other offices."""

    tiers: set[tuple[Tier, str, int]]
    offices: set[str]


def asked(rows: RowQuerySet) -> Waiting:
    """Whom these undecided rows wait for, in a few queries however many they are."""
    found = rows.annotate(asked_tier=_tier()).order_by()
    tiers = set(found.values_list("asked_tier", "area", "batch__sender").distinct())
    _level, regency = COVERED[Tier.REGENCY]
    spoken_of = Proposal.objects.undecided().filter(statement__in=rows.values("statement"))
    spoken_of = spoken_of.annotate(home=last_area("person"), regency=Left("home", regency, output_field=CODE))
    spoken_of = spoken_of.filter(home__isnull=False).order_by()
    said: Any = Agreement.objects.filter(statement__in=spoken_of.values("statement"))
    agreed: dict[int, set[str]] = defaultdict(set)
    for statement, office in said.values_list("statement", "office"):
        agreed[statement].add(office)
    places = spoken_of.values_list("statement__area", "regency").distinct()
    offices = {other_office(*place) for place in places.exclude(statement__in=list(agreed))}
    for statement, *place in spoken_of.filter(statement__in=list(agreed)).values_list(
        "statement", "statement__area", "regency"
    ):
        offices |= {other_office(*place)} - agreed[statement]
    return Waiting(
        {(Tier(tier), area, sender) for tier, area, sender in tiers}, {code for code in offices if code}
    )


def homes() -> models.QuerySet[Proposal]:
    """Whom the outer row may speak of as far as nobody has decided, with the code of each one's `home`."""
    asked = Proposal.objects.undecided().filter(statement=OuterRef("statement"))
    found: models.QuerySet[Proposal] = asked.annotate(home=last_area("person")).filter(home__isnull=False)
    return found


def _tier() -> Case:
    """The lowest tier that covers the row and everybody it may speak of."""
    whens = [When(_covered(level, length), then=tier.value) for tier, (level, length) in COVERED.items()]
    return Case(*whens, default=Tier.OFFICE.value, output_field=models.IntegerField())


def _covered(level: Level, length: int) -> Q:
    place, here = Left("home", length, output_field=CODE), Left(OuterRef("area"), length, output_field=CODE)
    elsewhere = homes().annotate(place=place).exclude(place=here)
    return Q(~Exists(elsewhere), area__level__gte=level)


def _fallen(seats: Seats, tier: Tier, lower: Tier, asked: set[tuple[str, int]]) -> Q:
    """The rows of those areas and senders in which nobody but the sender sits between two tiers."""
    vacant: dict[int, set[str]] = defaultdict(set)
    for area, sender in asked:
        if seats.fall_to(tier, lower, area, without=sender):
            vacant[sender].add(at(COVERED[lower][0], area) or area)
    fallen: Any = Q(pk__in=())
    for sender, codes in vacant.items():
        fallen |= Q(under("area", codes), batch__sender=sender)
    return fallen
