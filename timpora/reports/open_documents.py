"""Statements whose document waits: which they are, and who stands beside those proposed for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from timpora.prepared import Given, Prepared
from timpora.registry.models import Person, Proposal, Statement
from timpora.registry.same_document import propose
from timpora.reports.models.review import Review

# A report not confirmed yet may still be taken back: nobody waits for it.
_CONFIRMED = {"final": True, "outcome": Review.Outcome.CONFIRMED, "report__state": "submitted"}

# Asked for every row of a long list.
_open: Prepared[tuple[int]] = Prepared(
    lambda: Statement.objects.filter(
        Exists(Proposal.objects.undecided().filter(statement=OuterRef("pk"))),
        Q(source=Statement.Source.ROW)
        | Exists(Review.objects.live().filter(report__statement=OuterRef("pk"), **_CONFIRMED)),
        document_key=Given("key"),
        person__isnull=True,
    ).values_list("pk")
)


def open_ones(statement: Statement) -> list[int]:
    """The ids of other statements with this one's document of which a tier is asked whom they speak of."""
    key = statement.document_key
    return [number for (number,) in _open(key=key) if number != statement.pk] if key else []


def follow(person: Person, statement: Statement) -> bool:
    """Whoever holds this statement's document now stands beside those proposed for each open statement with
    it; whether any was told so anew.
    """
    others = Statement.objects.filter(pk__in=open_ones(statement))
    told = [propose(other, [person.pk]) for other in others]
    return any(told)
