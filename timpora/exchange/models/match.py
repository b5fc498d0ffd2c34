from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.registry.models import Residence

if TYPE_CHECKING:
    from timpora.exchange.models.row import Row


GONE = "left"  # the note of a row that says so


class MatchQuerySet(models.QuerySet["Match"]):
    def believed(self, known: datetime | None = None) -> MatchQuerySet:
        """Whom rows spoke of, as it was known at a moment (None: now)."""
        if known is None:
            return self.filter(known_until__isnull=True)
        return self.filter(Q(known_until__isnull=True) | Q(known_until__gt=known), known_from__lte=known)

    def under(self, *codes: str) -> MatchQuerySet:
        return self.filter(under("area", codes))

    def of_batches(self, batches: Iterable[int]) -> MatchQuerySet:
        return self.filter(row__batch__in=list(batches))

    def homeless(self, on: date | None, known: datetime | None) -> MatchQuerySet:
        """Those whose person had no current residence anywhere on that day (None: now), as known then."""
        homes = Residence.objects.believed(known).filter(person=OuterRef("person_number"))
        homes = homes.filter(ended_on__isnull=True) if on is None else homes.on(on)
        return self.filter(~Exists(homes))

    def newest(self, batches: Iterable[int], known: datetime | None) -> MatchQuerySet:
        """Of several rows of these batches about one person the newest alone: each person once."""
        later = Q(as_of__gt=OuterRef("as_of")) | Q(as_of=OuterRef("as_of"), pk__gt=OuterRef("pk"))
        others = Match.objects.believed(known).of_batches(batches)
        return self.filter(~Exists(others.filter(later, person_number=OuterRef("person_number"))))

    def begin(self, rows: Iterable[Row]) -> None:
        """These rows speak from now on of whom their statements are about; one that says they have left
        names nobody who is here.
        """
        self.bulk_create(
            self.model(
                row_id=row.pk, person_number=row.statement.person_id, area_id=row.area_id,
                as_of=row.batch.as_of, known_from=book.moment(),
            )
            for row in rows
            if row.statement is not None and row.statement.person_id is not None and GONE not in row.notes
        )  # fmt: skip

    def finish(self, rows: Iterable[Row]) -> None:
        """Of whom these rows speak is open again from now on."""
        self.filter(row__in=[row.pk for row in rows]).believed().update(known_until=book.moment())

    def follow(self) -> int:
        """How many rows were brought to the person their statement is about now: after persons were merged
        or parted in the registry, which knows nothing of rows.
        """
        moved = self.believed().exclude(person_number=F("row__statement__person"))
        moved = moved.filter(row__statement__person__isnull=False).select_related(
            "row__batch", "row__statement"
        )
        rows = [match.row for match in moved]
        self.finish(rows)
        self.begin(rows)
        return len(rows)


class Match(models.Model):
    """Whom a row speaks of, and from when to when that was known: a figure of the past can be told again."""

    row = models.ForeignKey("exchange.Row", on_delete=models.CASCADE, related_name="matches")
    # A plain number: who is registered no longer was counted all the same while they were.
    person_number = models.BigIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="match_person", fields=["person_number", "as_of"])]
        constraints = [
            models.UniqueConstraint(
                name="match_one_now", fields=["row"], condition=Q(known_until__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row_id} speaks of person {self.person_number}"
