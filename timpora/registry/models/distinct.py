from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.registry.deciding import marked
from timpora.registry.models.person import Person
from timpora.registry.named import register_number
from timpora.registry.pair import Pair, may_take_back, needs_reason, over_both, take_back
from timpora.team.models import Mandate
from timpora.team.roles import Tier


class DistinctQuerySet(models.QuerySet["Distinct"]):
    def live(self) -> DistinctQuerySet:
        return self.filter(undone_at__isnull=True)

    def visible_to(self, mandate: Mandate) -> DistinctQuerySet:
        """Those whose two records both lay in the area of a mandate of a tier above the village."""
        return self.filter(over_both(mandate))

    def between(self, one: Person, other: Person) -> DistinctQuerySet:
        """Those that tell one person, or whoever is one with them, from the other."""
        ones, others = (
            Person.objects.filter(Q(pk=each.pk) | Q(same_as=each.pk)).values("pk") for each in (one, other)
        )
        return self.filter(Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones))

    def keep(self, one: Person, other: Person, *, by: Mandate, reason: str, seen: str = "") -> Distinct:
        """The word that two persons who look alike are two. `seen` is the pair's `version` on screen."""
        pair = Pair.of(one, other)
        with book.writing():
            mark, _members = pair.hold(by, reason=reason, seen=seen)
            first, second = pair.first, pair.second
            if self.live().between(first, second).exists():
                raise Conflict(_("This has been decided in the meantime."), code="distinct")
            area, other_area = pair.areas
            distinct: Distinct = self.create(
                first=first.pk, second=second.pk, area_id=area, other_area_id=other_area, tier=by.tier,
                mandate_id=by.pk,
            )  # fmt: skip
            book.record("distinct.decided", by=by, area=distinct.area_id, subject=f"person:{first.pk}",
                        fields=marked(f"person:{second.pk}", mark),
                        detail={"reason": reason.strip()})  # fmt: skip
        return distinct


class Distinct(models.Model):
    """An officer's word that two registered persons who look alike are two; they are proposed no more."""

    first = models.BigIntegerField(db_index=True)  # register numbers, the lower first; plain values
    second = models.BigIntegerField(db_index=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    other_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_mandate_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = DistinctQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="distinct_once", fields=["first", "second"], condition=Q(undone_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"person {self.first} is not person {self.second}"

    @property
    def first_number(self) -> str:
        """How letters name the one: "R-000012"."""
        return register_number(self.first)

    @property
    def second_number(self) -> str:
        """How letters name the other."""
        return register_number(self.second)

    def may_be_undone(self, by: Mandate) -> bool:
        """Whether a mandate may take it back: the tier that decided, or one above it."""
        return may_take_back(self, by)

    def undo(self, *, by: Mandate, reason: str) -> None:
        """The word taken back: where the two look alike they are proposed again."""
        needs_reason(reason)
        with book.writing():
            self.refresh_from_db(from_queryset=Distinct.objects.select_for_update(of=("self",)))
            take_back(self, by)
            book.record("distinct.undone", by=by, area=self.area_id, subject=f"person:{self.first}",
                        fields=(f"person:{self.second}",), detail={"reason": reason.strip()})  # fmt: skip
