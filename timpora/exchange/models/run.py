from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch

# A run that has not shown itself for so long was killed: two hundred rows take a few seconds.
SILENT = timedelta(seconds=60)


class RunQuerySet(models.QuerySet["Run"]):
    def alive(self) -> RunQuerySet:
        """Those under way, as far as they have shown themselves."""
        return self.filter(ended_at__isnull=True, seen_at__gt=timezone.now() - SILENT)

    def begin(self, batch: Batch) -> Run:
        """A run from the first row not taken yet."""
        first = batch.rows.untaken().values_list("number", flat=True).first()
        run: Run = self.create(batch=batch, first_row=first or 0)
        return run


class Run(models.Model):
    """One go at taking a list's rows in; where it stopped another goes on at the first row not done."""

    batch = models.ForeignKey("exchange.Batch", on_delete=models.CASCADE, related_name="runs")
    first_row = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    finished = models.BooleanField(default=False)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"run over batch {self.batch_id} from row {self.first_row}"

    def show(self) -> None:
        """Says that it is still under way."""
        Run.objects.filter(pk=self.pk).update(seen_at=timezone.now())

    def end(self, *, finished: bool) -> None:
        """It is over: with the last row, or before it."""
        Run.objects.filter(pk=self.pk).update(ended_at=timezone.now(), finished=finished)
