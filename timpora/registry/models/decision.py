from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from rapidfuzz import fuzz

from timpora.registry import linkage
from timpora.registry.deciding import Mark
from timpora.registry.linkage import Profile
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import around, born, sought
from timpora.registry.linkage.nearness import nearness
from timpora.registry.models.document import IdentityDocument
from timpora.registry.models.person import Person
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.profiles import named, profile_of, profiles_of
from timpora.registry.models.statement import Statement
from timpora.registry.names import orders as orders_of

COMPARED, BESIDE = 60, 12  # persons, the most alike; beside those of one birth date fewer are worth it
NAMED = 120  # persons whose names are read: who shares the most keys
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

    def of_tiers(self) -> DecisionQuerySet:
        """Those that stand and were somebody's word; what was certain has no proposals that it decided."""
        word = models.Q(proposals__isnull=False) | models.Q(outcome=Decision.Outcome.OTHER)
        return self.live().filter(word).distinct()


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
    first = PersonKey.objects.sharing(births) if births else Counter()
    others = PersonKey.objects.sharing(set(sought(said)) - births)
    if near := around(said, statement.area_id or ""):
        others += PersonKey.objects.sharing(near)
    for number in first:
        others.pop(number, None)
    most = BESIDE if first else COMPARED
    if len(others) <= most:
        return [*first, *others]
    likely = [number for number, _shared in others.most_common(NAMED)]
    return [*first, *_nearest(statement, likely, most, by_area=not births)]


def _nearest(statement: Statement, numbers: Iterable[int], most: int, *, by_area: bool) -> list[int]:
    """The ids of those who are the most alike by name and, where that is asked, live nearest."""
    here, orders = statement.area_id or "", orders_of(statement.name_key)
    alike = {
        number: max(fuzz.ratio(order, name) for order in orders) + NEARNESS.get(nearness(here, home), 0)
        for number, name, home in named(numbers, at_home=by_area)
    }
    return sorted(alike, key=lambda number: (-alike[number], number))[:most]
