from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from timpora.areas.codes import ancestors
from timpora.areas.models import Area


class FreezeQuerySet(models.QuerySet["Freeze"]):
    def covers(self, area: str, day: date) -> bool:
        """Whether the month of `day` is frozen for an area, at itself or above it."""
        month = day.strftime("%Y-%m")
        return bool(self.filter(area__in=ancestors(area), month=month).exists())


class Freeze(models.Model):
    """A month of an area that no later verb changes. Written by the month's own verbs, read when refusing."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    at = models.DateTimeField()

    objects: ClassVar[Any] = FreezeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="freeze_once")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month}"
