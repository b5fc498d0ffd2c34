from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from rapidfuzz import fuzz, process

from timpora.registry import linkage
from timpora.registry.deciding import Mark
from timpora.registry.linkage import Profile
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import sought
from timpora.registry.models.document import IdentityDocument
from timpora.registry.models.person import Person
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.statement import Statement
from timpora.registry.partial_date import PartialDate

# How many persons who share a key are read, and how many of them, the most alike by name, are compared.
READ, COMPARED = 4_000, 30


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def undecided(self) -> ProposalQuerySet:
        return self.filter(decision__isnull=True)

    def renew(self, statement: Statement) -> list[Proposal]:
        """What the registry proposes for a statement today, best first; earlier proposals are replaced.

        A person who was decided to be another one is not proposed again.
        """
        others = Decision.objects.live().filter(statement=statement, outcome=Decision.Outcome.OTHER)
        excluded = set(others.values_list("proposals__person", flat=True))
        self.undecided().filter(statement=statement).delete()
        return self.keep(statement, [p for p in proposed(statement) if p.candidate.person_id not in excluded])

    def keep(self, statement: Statement, found: list[linkage.Proposal]) -> list[Proposal]:
        """The rows of what was found for a statement that has no proposals yet, in the same order."""
        if not found:
            return []
        proposals: list[Any] = self.bulk_create(
            self.model(
                statement=statement, person_id=p.candidate.person_id, certainty=p.certainty,
                grounds=[[evidence.field, evidence.outcome] for evidence in p.evidence],
            )
            for p in found
        )  # fmt: skip
        return proposals


class Proposal(models.Model):
    """A person this statement may speak of. A proposal settles nothing."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain"
        DOUBTFUL = "doubtful"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="proposals")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposals")
    certainty = models.CharField(max_length=8, choices=Certainty.choices)
    grounds = models.JSONField(
        default=list
    )  # [field, outcome] pairs: what agrees and what differs, no values
    decision = models.ForeignKey(
        "registry.Decision", on_delete=models.CASCADE, null=True, related_name="proposals"
    )

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.certainty}: statement {self.statement_id}, person {self.person_id}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def live(self) -> DecisionQuerySet:
        return self.filter(undone_at__isnull=True)


class Decision(models.Model):
    """An officer's word that a statement speaks of a known person, or of none of those proposed."""

    class Outcome(models.TextChoices):
        SAME = "same"
        OTHER = "other"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="decisions")
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    mark = models.CharField(max_length=6, choices=Mark.choices, blank=True)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decision_one_live", fields=["statement"], condition=models.Q(undone_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: statement {self.statement_id}"


def profile_of(statement: Statement) -> Profile:
    """What a statement says of who it speaks of, ready to compare."""
    values = statement.values
    return Profile(
        person_id=None,
        document_keys=frozenset({statement.document_key} - {""}),
        names=(values["names"],) if values.get("names") else (),
        name_key=statement.name_key,
        birth=PartialDate.parse(values["birth_date"]) if values.get("birth_date") else None,
        nationality=values.get("nationality", ""),
        sex=values.get("sex", ""),
    )


def profile_of_person(person: Person, keys: frozenset[str]) -> Profile:
    """What is known of a person, ready to compare; `keys` are those of the documents."""
    return Profile(
        person_id=person.pk, document_keys=keys, names=(person.names,), name_key=person.name_key,
        birth=person.born, nationality=person.nationality, sex=person.sex,
    )  # fmt: skip


def proposed(statement: Statement) -> list[linkage.Proposal]:
    """Who of the registry a statement may speak of, best first; it need not be stored."""
    return linkage.propose(profile_of(statement), candidates(statement))


def candidates(statement: Statement) -> list[Profile]:
    """The persons worth comparing: who holds the document, and of those who share a key the most alike."""
    numbers = set(_alike(statement))
    if statement.document_key:
        holders = IdentityDocument.objects.filter(number_key=statement.document_key)
        numbers |= set(holders.values_list("person", flat=True))
    if not numbers:
        return []
    keys = IdentityDocument.objects.keys_of(numbers)
    persons = Person.objects.filter(pk__in=numbers, same_as=None)
    return [profile_of_person(person, keys[person.pk]) for person in persons]


def _alike(statement: Statement) -> list[int]:
    """The ids of those who share a key with what was said, the most alike by name first where many do."""
    values = statement.values
    said = columns(
        Record(values.get("names", ""), birth=values.get("birth_date", ""), sex=values.get("sex", ""),
               nationality=values.get("nationality", ""))
    )  # fmt: skip
    numbers = PersonKey.objects.persons(sought(said), READ)
    if len(numbers) <= COMPARED:
        return numbers
    names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name_key"))
    ranked = process.extract(statement.name_key, names, scorer=fuzz.ratio, limit=COMPARED)
    return [number for _name, _likeness, number in ranked]
