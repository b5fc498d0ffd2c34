from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from timpora.among import Among
from timpora.prepared import Given, Prepared
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import keys

READ = 2_000  # shared keys that a lookup reads at most

if TYPE_CHECKING:
    from timpora.registry.models.person import Person


class PersonKeyQuerySet(models.QuerySet["PersonKey"]):
    def renew(self, person: Person, areas: Iterable[str], *, new: bool = False) -> None:
        """Keeps the keys under which a person is found, as concluded now and known in these areas (codes);
        writes only what changed. Of somebody `new` none are looked for.
        """
        now = keys(columns(described(person)), areas)
        held = set() if new else {key for (key,) in _held(person=person.pk)}
        if gone := held - set(now):
            self.filter(person=person, key__in=gone).delete()
        self.bulk_create(self.model(person=person, key=key) for key in now if key not in held)

    def sharing(self, wanted: Iterable[int]) -> Counter[int]:
        """How many of these keys each person shares, of the first READ rows: always the same ones."""
        return Counter(person for (person,) in _sharing(keys=wanted))


# Asked for every report and row.
_held: Prepared[tuple[int]] = Prepared(
    lambda: PersonKey.objects.filter(person=Given("person", models.BigIntegerField())).values_list("key")
)
_sharing: Prepared[tuple[int]] = Prepared(
    lambda: (
        PersonKey.objects.filter(Among("key", "keys")).order_by("key", "person").values_list("person")[:READ]
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
