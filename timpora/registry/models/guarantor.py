from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry.fields import GUARANTOR
from timpora.registry.models.settled import rebuild
from timpora.registry.models.statement import Statement


class GuarantorQuerySet(models.QuerySet["Guarantor"]):
    def settle(self, person: Any, statements: Iterable[Statement], *, new: bool = False) -> None:
        rebuild(self.model, person, statements, GUARANTOR, prefix="guarantor_", new=new)


class Guarantor(models.Model):
    """Who answers for a foreigner's stay (UU 6/2011 Pasal 63), or why nobody has to."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        NOT_REQUIRED = "not_required", _("not required")
        UNKNOWN = "unknown", _("not known")

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="guarantors")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="guarantors")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, blank=True)
    guarantor = models.CharField(_("guarantor"), max_length=120, blank=True)

    objects: ClassVar[Any] = GuarantorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"guarantor of person {self.person_id}"
