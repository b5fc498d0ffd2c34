from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry import named
from timpora.registry.conclusion import conclude
from timpora.registry.models.settled import standing
from timpora.registry.models.statement import Statement


class FamilyLinkQuerySet(models.QuerySet["FamilyLink"]):
    def settle(self, person: Any, statements: Iterable[Statement], *, new: bool = False) -> None:
        """The parent that is concluded from the statements, where it is another person of the registry."""
        given = list(statements)
        any_named = any(statement.values.get("parent") for statement in given)
        said = conclude(person.uncontested(given)).get("parent") if any_named else None
        number = named.person_number(said.value) if said else None
        parent = type(person).objects.numbered(number).first() if number else None
        wanted = (said.statement.pk, parent.pk) if said and parent and parent.pk != person.pk else None
        present = {(link.statement_id, link.parent_id) for link in standing(self.model, person, new=new)}
        if present == ({wanted} if wanted else set()):
            return
        self.all().delete()
        if wanted:
            self.create(person=person, statement_id=wanted[0], parent_id=wanted[1])


class FamilyLink(models.Model):
    """A child who stays on a parent's permit. A parent known by name alone stands in the statement only."""

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="family_links")
    parent = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="children_links")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="family_links")

    objects: ClassVar[Any] = FamilyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("family link")

    def __str__(self) -> str:
        return f"person {self.person_id} is a child of {self.parent_id}"
