from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.team.models import Mandate
from timpora.team.roles import Tier


class ReviewQuerySet(models.QuerySet["Review"]):
    def live(self) -> ReviewQuerySet:
        return self.filter(undone_at__isnull=True)


class Review(models.Model):
    """What one tier said of a report: confirmed, sent back or refused, by whom, when, and why."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        SENT_BACK = "sent_back", _("sent back")
        REFUSED = "refused", _("refused")

    class Mark(models.TextChoices):
        NONE = "", _("by the tier that held it")
        VACANT = "vacant", _("for a vacant post")
        SILENT = "silent", _("for a silent tier")

    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="reviews")
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)  # whose part this is
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    mark = models.CharField(max_length=6, choices=Mark.choices, blank=True)
    final = models.BooleanField(default=False)  # the last verifying tier's word: identity is decided after it
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reviews")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_reviews"
    )
    undone_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.outcome}: report {self.report_id}"
