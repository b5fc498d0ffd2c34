from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry.models.statement import Statement


class FamilyLinkQuerySet(models.QuerySet["FamilyLink"]):
    def settle(self, person: Any, statements: Iterable[Statement]) -> None:
        """The parents the statements name who are persons of the registry, each once."""
        wanted: dict[int, Statement] = {}
        for statement in statements:
            if statement.values.get("parent"):
                wanted.setdefault(int(statement.values["parent"]), statement)
        known = set(type(person).objects.filter(pk__in=wanted).values_list("pk", flat=True))
        self.exclude(parent__in=known).delete()
        present = set(self.values_list("parent", flat=True))
        for parent in known - present:
            self.model.objects.create(person=person, statement=wanted[parent], parent_id=parent)


class FamilyLink(models.Model):
    """A child who stays on a parent's permit."""

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="family_links")
    parent = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="children_links")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="family_links")

    objects: ClassVar[Any] = FamilyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("family link")

    def __str__(self) -> str:
        return f"person {self.person_id} is a child of {self.parent_id}"
