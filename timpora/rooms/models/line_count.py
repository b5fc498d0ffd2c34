from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LineCountQuerySet(models.QuerySet["LineCount"]):
    def add(self, what: str, number: int = 1) -> None:
        """Counts on; it keeps a number a day and nothing of whom or what it counts."""
        if number:
            row, _made = self.get_or_create(day=timezone.localdate(), what=what)
            self.filter(pk=row.pk).update(number=F("number") + number)

    def since(self, day: date) -> LineCountQuerySet:
        return self.filter(day__gte=day).order_by("-day", "what")


class LineCount(models.Model):
    """How often something came to the line on a day that leaves nothing else behind."""

    class What(models.TextChoices):
        STRANGER = "stranger", _("messages of strangers")
        FORGED = "forged", _("forged deliveries")
        NO_COMMAND = "no_command", _("messages that were no command")
        UNREAD = "unread", _("parts that could not be read")
        REPEATED = "repeated", _("deliveries that had come before")

    day = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices)
    number = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = LineCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="line_count_once", fields=["day", "what"])]

    def __str__(self) -> str:
        return f"{self.day} {self.what}: {self.number}"
