from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry.models import Person
from timpora.reports.models import Report


class AnswerQuerySet(models.QuerySet["Answer"]):
    def in_order(self) -> AnswerQuerySet:
        return self.select_related("person", "report").order_by("person__names", "pk")


class Answer(models.Model):
    """A village's word for one resident in a month."""

    class Word(models.TextChoices):
        STILL_HERE = "still_here", _("still here")
        MOVED = "moved", _("moved")
        LEFT = "left", _("left")

    monthly_return = models.ForeignKey("recaps.Return", on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers")
    word = models.CharField(max_length=10, choices=Word.choices)
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="answers")

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.word}: person {self.person_id}"
