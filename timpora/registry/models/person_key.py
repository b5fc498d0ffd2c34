from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys

if TYPE_CHECKING:
    from timpora.registry.models.person import Person


class PersonKeyQuerySet(models.QuerySet["PersonKey"]):
    def renew(self, person: Person) -> None:
        """Keeps the keys under which a person is found, as concluded now; writes only what changed."""
        now = keys(columns(described(person)))
        held = set(self.filter(person=person).values_list("key", flat=True))
        if gone := held - set(now):
            self.filter(person=person, key__in=gone).delete()
        self.bulk_create(self.model(person=person, key=key) for key in now if key not in held)

    def persons(self, wanted: Iterable[int], most: int) -> list[int]:
        """The ids of the persons who share any of the keys; `most` bounds what one lookup reads, and always
        reads the same.
        """
        found = self.filter(key__in=list(wanted)).order_by("key", "person").values_list("person", flat=True)
        return list(dict.fromkeys(found[:most]))


class PersonKey(models.Model):
    """One of the few numbers under which a person is found again (registry/linkage/keys.py)."""

    person = models.ForeignKey(
        "registry.Person", on_delete=models.CASCADE, related_name="keys", db_index=True
    )
    key = models.BigIntegerField()

    objects: ClassVar[Any] = PersonKeyQuerySet.as_manager()

    class Meta:
        # The person stands in the index, too: a lookup reads nothing else.
        constraints = [models.UniqueConstraint(name="person_key_once", fields=["key", "person"])]

    def __str__(self) -> str:
        return f"key of person {self.person_id}"


def described(person: Person) -> Record:
    """The person as a record to compare."""
    return Record(person.names, birth=person.birth_date, sex=person.sex, nationality=person.nationality)
