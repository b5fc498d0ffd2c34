"""Which office answers for which kabupaten or kota."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timpora.areas.models.area import Area
from timpora.areas.models.office import Office


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    """Jurisdictions by time."""

    def live(self) -> JurisdictionQuerySet:
        """The jurisdictions that have not ended."""
        return self.filter(until__isnull=True)


class Jurisdiction(models.Model):
    """An office answers for a kabupaten or kota from a day on, until another does."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="jurisdictions", verbose_name=_("office"))
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="jurisdictions", verbose_name=_("regency or city")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty while it lasts."))

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "since"]
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(until__isnull=True), name="areas_one_office_per_regency"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="areas_jurisdiction_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.area_id}"


def office_of(code: str) -> Office | None:
    """The office that answers for the kabupaten or kota of `code`; None where there is none, and above it."""
    return Office.objects.answering_for(code).first()
