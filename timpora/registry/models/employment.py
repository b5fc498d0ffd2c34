from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry.fields import EMPLOYMENT
from timpora.registry.models.settled import rebuild
from timpora.registry.models.statement import Statement


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def settle(self, person: Any, statements: Iterable[Statement], *, new: bool = False) -> None:
        rebuild(self.model, person, statements, EMPLOYMENT, prefix="", new=new)


class Employment(models.Model):
    """Work for an employer under a foreign-worker plan (RPTKA, PP 34/2021); a person may have several.

    A source may know the plan or the place of work and not the employer.
    """

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="employments")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="employments")
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    job = models.CharField(_("job"), max_length=120, blank=True)
    work_area = models.CharField(_("place of work"), max_length=120, blank=True)
    rptka_from = models.CharField(_("plan from"), max_length=10, blank=True)
    rptka_until = models.CharField(_("plan until"), max_length=10, blank=True)

    objects: ClassVar[Any] = EmploymentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"employment of person {self.person_id}"
