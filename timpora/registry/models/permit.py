from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry import sealed
from timpora.registry.fields import PERMIT
from timpora.registry.models.settled import rebuild
from timpora.registry.models.statement import Statement


class StayPermitQuerySet(models.QuerySet["StayPermit"]):
    def settle(self, person: Any, statements: Iterable[Statement]) -> None:
        rebuild(self, person, statements, PERMIT, prefix="permit_", alike=_alike)

    def newest_first(self) -> StayPermitQuerySet:
        return self.order_by("-until", "-pk")


class StayPermit(models.Model):
    """A permission to stay as one source states it. Visa validity (the window to enter) is another date."""

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="permits")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="permits")
    kind = models.CharField(_("kind"), max_length=12, blank=True)  # a source may know a date or number only
    index = models.CharField(_("index"), max_length=20, blank=True)
    number = models.CharField(max_length=400, blank=True)  # sealed
    until = models.CharField(_("stay permitted until"), max_length=10, blank=True)
    visa_until = models.CharField(_("visa valid until"), max_length=10, blank=True)

    objects: ClassVar[Any] = StayPermitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until"], name="permit_until")]

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id}"


def _alike(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values with the number as it is compared: sealed twice, one number looks like two."""
    place = PERMIT.index("permit_number")
    return (*values[:place], sealed.comparable("permit_number", values[place]), *values[place + 1 :])
