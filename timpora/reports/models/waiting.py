from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.prepared import insert
from timpora.registry.models.tally import Facet, shift

if TYPE_CHECKING:
    from timpora.reports.models.report import Report


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def known(self, moment: datetime | None = None) -> WaitingQuerySet:
        """The spans open at a moment (None: now)."""
        if moment is None:
            return self.filter(until__isnull=True)
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)

    def under(self, *codes: str) -> WaitingQuerySet:
        return self.filter(under("area", codes))

    def on(self, day: date) -> WaitingQuerySet:
        return self.filter(event_on__lte=day)

    def begin(self, report: Report) -> None:
        """The report waits from now on, and is counted as waiting."""
        begun = self.model(
            report_id=report.pk, area_id=report.area_id, event_on=report.event_on, since=book.moment()
        )
        insert(begun, keyed=False)
        shift(report.area_id, [(Facet.WAITING, "", 1)])

    def finish(self, report: Report) -> None:
        """The report waits no longer."""
        ended = self.filter(report=report, until__isnull=True).update(until=book.moment())
        if ended:
            shift(report.area_id, [(Facet.WAITING, "", -1)])


class Waiting(models.Model):
    """A span in which a report was in state submitted; un-confirming opens another."""

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="waitings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, db_index=False)
    event_on = models.DateField()
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = WaitingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="waiting_open_area", fields=["area"], condition=Q(until__isnull=True)),
            models.Index(name="waiting_area", fields=["area", "since"]),
        ]

    def __str__(self) -> str:
        return f"report {self.report_id} waits"
