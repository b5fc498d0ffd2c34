from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.team.models import Agency


class StatementQuerySet(models.QuerySet["Statement"]):
    def in_order(self) -> StatementQuerySet:
        """Oldest knowledge first: by the day it speaks of, then by when it was said."""
        return self.order_by("as_of", "said_at", "pk")


class Statement(models.Model):
    """What one source said of one person at one time: the only origin of values in the registry.

    `values` maps field names (`registry.fields`) to what was said; document and permit numbers stand in
    it sealed. A statement without a person is not settled yet. It is never edited: a correction is a new one.
    """

    class Source(models.TextChoices):
        REPORT = "report", _("village report")
        RETURN = "return", _("monthly return")
        ROW = "row", _("agency list")
        STAY = "stay", _("lodging")
        OFFICER = "officer", _("officer's correction")

    source = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.CharField(max_length=60, blank=True)  # plain value, "return:12": no key leads upward
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    as_of = models.DateField()
    said_at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.SET_NULL, null=True, related_name="statements"
    )
    values = models.JSONField(default=dict)
    document_key = models.CharField(max_length=64, blank=True)
    name_key = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "name_key"], name="statement_area_name"),
            models.Index(fields=["document_key"], name="statement_document"),
        ]

    def __str__(self) -> str:
        return f"{self.source} as of {self.as_of}"
