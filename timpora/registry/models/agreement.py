from __future__ import annotations

from django.db import models
from django.utils import timezone


class Agreement(models.Model):
    """The other office's yes, where two offices' records may be one person."""

    claim = models.ForeignKey(
        "registry.Claim", on_delete=models.CASCADE, related_name="agreements", null=True
    )
    statement = models.ForeignKey(
        "registry.Statement", on_delete=models.CASCADE, related_name="agreements", null=True
    )
    office = models.CharField(max_length=60)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"agreement of {self.office}"
