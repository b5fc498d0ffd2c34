from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.registry import regrouping
from timpora.registry.deciding import Mark, marked
from timpora.registry.models.distinct import Distinct
from timpora.registry.models.person import Person
from timpora.registry.named import register_number
from timpora.registry.pair import Pair, grounds_of, lock, may_take_back, needs_reason, over_both, take_back
from timpora.team.models import Mandate
from timpora.team.roles import Tier


class MergerQuerySet(models.QuerySet["Merger"]):
    def live(self) -> MergerQuerySet:
        return self.filter(undone_at__isnull=True)

    def visible_to(self, mandate: Mandate) -> MergerQuerySet:
        """Those whose two records both lay in the area of a mandate of a tier above the village."""
        return self.filter(over_both(mandate))

    def of(self, person: Person) -> MergerQuerySet:
        """Those by which others are one with a person."""
        members = regrouping.held_together((person.pk,))
        return self.live().filter(kept__in=members, merged__in=members)

    def join(self, one: Person, other: Person, *, by: Mandate, reason: str, seen: str = "") -> Merger:
        """Two persons as one from now on: what was said of both stands under the lower register number.

        Of two residences the one verified first keeps counting, and a Claim asks about the other. `seen` is
        the pair's `version` the officer had on screen.
        """
        pair = Pair.of(one, other)
        with book.writing():
            mark, members = pair.hold(by, reason=reason, seen=seen)
            kept, merged = pair.first, pair.second
            if Distinct.objects.live().between(kept, merged).exists():
                raise Conflict(
                    _("It was decided that these are two persons. Take that back first."), code="distinct"
                )
            area, other_area = pair.areas
            merger: Merger = self.create(
                kept=kept.pk, merged=merged.pk, area_id=area, other_area_id=other_area, tier=by.tier,
                mark=mark, mandate_id=by.pk, grounds=grounds_of(kept, merged),
            )  # fmt: skip
            merger.draw(by, members)
            book.record("person.merged", by=by, area=merger.area_id, subject=f"person:{kept.pk}",
                        fields=marked(f"person:{merged.pk}", mark),
                        detail={"reason": reason.strip()})  # fmt: skip
        return merger


class Merger(models.Model):
    """An officer's word that two registered persons are one; undone, both are as the other words leave them.

    The persons are plain numbers: the word stays when nobody speaks of them any more.
    """

    kept = models.BigIntegerField(db_index=True)  # the lower register number, which stands for both
    merged = models.BigIntegerField(db_index=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")  # where the kept one lived
    other_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    mark = models.CharField(max_length=6, choices=Mark.choices, blank=True)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    grounds = models.JSONField(default=list)  # [field, outcome] pairs, as of a Proposal: no values
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_mandate_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = MergerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="merger_once", fields=["kept", "merged"], condition=models.Q(undone_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"person {self.merged} is person {self.kept}"

    @property
    def kept_number(self) -> str:
        """How letters name the one who stands for both: "R-000012"."""
        return register_number(self.kept)

    @property
    def merged_number(self) -> str:
        """How letters name the other one."""
        return register_number(self.merged)

    @property
    def cause(self) -> str:
        """How what it brings about names it."""
        return f"merger:{self.pk}"

    def may_be_undone(self, by: Mandate) -> bool:
        """Whether a mandate may take it back: the tier that decided, or one above it."""
        return may_take_back(self, by)

    def undo(self, *, by: Mandate, reason: str) -> None:
        """Both persons apart again, each with what is theirs; the other mergers stand.

        Raises Conflict where something later rests on it.
        """
        needs_reason(reason)
        with book.writing():
            members = lock((self.kept, self.merged))
            self.refresh_from_db(from_queryset=Merger.objects.select_for_update(of=("self",)))
            take_back(self, by)
            self.draw(by, members)
            book.record("person.parted", by=by, area=self.area_id, subject=f"person:{self.kept}",
                        fields=(f"person:{self.merged}",), detail={"reason": reason.strip()})  # fmt: skip

    def draw(self, by: Mandate, members: set[int]) -> None:
        """Brings everything of these persons to where the live mergers put it."""
        pairs = Merger.objects.live().filter(kept__in=members, merged__in=members)
        into = regrouping.grouped(members, pairs.values_list("kept", "merged"))
        regrouping.redraw(by, into, cause=self.cause)
