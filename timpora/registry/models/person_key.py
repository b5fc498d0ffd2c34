from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from timpora.prepared import Given, Prepared
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import MOST, keys

READ = 1_000  # shared keys that a lookup reads at most
NO_KEY = -1  # keys are never negative

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

    def persons(self, wanted: Iterable[int]) -> list[int]:
        """The ids of the persons who share any of so many keys as a name has; of the first READ, always the
        same ones.
        """
        given = dict(zip(_SLOTS, chain(wanted, repeat(NO_KEY)), strict=False))
        return list(dict.fromkeys(person for (person,) in _sharing(**given)))


# Asked for every report and row: with as many places for keys as `sought` may give, and none left empty.
_SLOTS = tuple(f"key_{number}" for number in range(MOST))
_sharing: Prepared[tuple[int]] = Prepared(
    lambda: (
        PersonKey.objects.filter(key__in=[Given(slot, models.BigIntegerField()) for slot in _SLOTS])
        .order_by("key", "person")
        .values_list("person")[:READ]
    )
)


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
