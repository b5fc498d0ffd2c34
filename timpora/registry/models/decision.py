from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from rapidfuzz import fuzz

from timpora.registry import linkage
from timpora.registry.deciding import Mark
from timpora.registry.linkage import Profile
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import born, sought
from timpora.registry.linkage.nearness import nearness
from timpora.registry.models.document import IdentityDocument
from timpora.registry.models.person import Person
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.residence import Residence
from timpora.registry.models.statement import Statement
from timpora.registry.partial_date import PartialDate

COMPARED, BESIDE = 40, 12  # persons, the most alike; beside those of one birth date fewer are worth it
NEARNESS = {"same": 15, "near": 8}  # what living near weighs beside a likeness of names, of 100


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
        area=statement.area_id or "",
    )


def profiles_of(persons: Iterable[int]) -> list[Profile]:
    """Those persons, ready to compare; without who was found to be another one since."""
    numbers = list(persons)
    keys, areas = IdentityDocument.objects.keys_of(numbers), Person.objects.areas_of(numbers)
    found = Person.objects.filter(pk__in=numbers, same_as=None)
    return [
        Profile(
            person_id=number, document_keys=keys[number], names=(names,), name_key=key,
            birth=PartialDate.parse(birth) if birth else None, nationality=nationality, sex=sex,
            area=areas.get(number, ""),
        )
        for number, names, key, birth, nationality, sex in found.values_list(
            "pk", "names", "name_key", "birth_date", "nationality", "sex"
        )
    ]  # fmt: skip


def proposed(statement: Statement) -> list[linkage.Proposal]:
    """Who of the registry a statement may speak of, best first; it need not be stored."""
    found = candidates(statement)
    return linkage.propose(profile_of(statement), found, Person.objects.highest()) if found else []


def candidates(statement: Statement) -> list[Profile]:
    """The persons worth comparing: who holds the document, who shares the birth date, and of those whose name
    shares a part the most alike.
    """
    numbers = set(_alike(statement))
    if statement.document_key:
        holders = IdentityDocument.objects.filter(number_key=statement.document_key)
        numbers |= set(holders.values_list("person", flat=True))
    return profiles_of(numbers) if numbers else []


def _alike(statement: Statement) -> list[int]:
    """The ids of those who share a key with what was said; where many do, who shares the birth date and then
    whoever is the most alike by name and lives nearest.
    """
    values = statement.values
    said = columns(
        Record(values.get("names", ""), birth=values.get("birth_date", ""), sex=values.get("sex", ""),
               nationality=values.get("nationality", ""))
    )  # fmt: skip
    births = born(said)
    first = PersonKey.objects.persons(births) if births else []
    others = set(PersonKey.objects.persons(set(sought(said)) - births)) - set(first)
    most = BESIDE if first else COMPARED
    if len(others) > most:
        return first + _nearest(statement, others, most, by_area=not births)
    return [*first, *others]


def _nearest(statement: Statement, numbers: Iterable[int], most: int, *, by_area: bool) -> list[int]:
    """The ids of those who are the most alike by name and, where that is asked, live nearest."""
    names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name_key"))
    areas = Residence.objects.areas_of(names) if by_area else {}
    here = statement.area_id or ""
    likeness = {
        number: fuzz.ratio(statement.name_key, name) + NEARNESS.get(nearness(here, areas.get(number, "")), 0)
        for number, name in names.items()
    }
    return sorted(likeness, key=lambda number: (-likeness[number], number))[:most]
