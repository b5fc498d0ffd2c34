"""Statements that name one document wait together: it makes nobody twice, and leaves nobody undecided.

A document is one person's. While it is open whom one statement with it speaks of, the next one with it is
asked of the same persons; and whoever comes to hold it stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Refusal
from timpora.prepared import Given, Prepared
from timpora.registry import linkage
from timpora.registry.models import IdentityDocument, Person, Proposal, Statement
from timpora.registry.models.profiles import profile_of, profiles_of
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


def wait_with(statement: Statement, others: Iterable[int]) -> list[Proposal]:
    """Asks of a stored statement whether it speaks of those who are proposed for the others."""
    asked = Proposal.objects.undecided().filter(statement__in=others).values_list("person", flat=True)
    return _propose(statement, asked)


def follow(person: Person, statement: Statement) -> bool:
    """Whoever holds this statement's document now stands beside those proposed for each open statement with
    it; whether any was told so anew.
    """
    others = Statement.objects.filter(pk__in=open_ones(statement))
    told = [_propose(other, [person.pk]) for other in others]
    return any(told)


def look_again(statement: Statement) -> bool:
    """Whether somebody who was registered with its document meanwhile stands now beside those proposed."""
    if not statement.document_key or statement.person_id is not None:
        return False
    holders = IdentityDocument.objects.filter(number_key=statement.document_key)
    with transaction.atomic():  # two who look at once ask nothing twice
        Statement.objects.select_for_update(of=("self",)).filter(pk=statement.pk).first()
        return bool(_propose(statement, holders.values_list("person", flat=True)))


def check(statement: Statement, person: Person | None) -> None:
    """Raises Refusal where another of those proposed holds the document of a statement."""
    if not statement.document_key:
        return
    holders = IdentityDocument.objects.filter(number_key=statement.document_key)
    beside = holders.filter(person__proposals__in=Proposal.objects.undecided().filter(statement=statement))
    if beside.exclude(person=person.pk if person else None).exists():
        raise Refusal(
            _("One of the persons shown is registered with this document number already. Choose that person;"
              " if the number stands there by mistake, have that record put right first."),
            code="document_unclear",
        )  # fmt: skip


def _propose(statement: Statement, persons: Iterable[int]) -> list[Proposal]:
    """The new rows; a person who is proposed already is left as they are."""
    known = set(Proposal.objects.undecided().filter(statement=statement).values_list("person", flat=True))
    numbers = set(persons) - known
    if not numbers:
        return []
    made: list[Any] = [
        Proposal(
            statement=statement, person_id=number, certainty=Proposal.Certainty.DOUBTFUL, grounds=grounds
        )
        for number, grounds in _compared(statement, numbers)
    ]  # fmt: skip
    return Proposal.objects.bulk_create(made)


def _compared(statement: Statement, numbers: set[int]) -> list[tuple[int, list[list[str]]]]:
    """Each person with how every field compares: taken to share the document, for these are few and asked
    whatever else agrees.
    """
    said, found = profile_of(statement), profiles_of(sorted(numbers))
    holding = {each.person_id for each in found if each.document_keys & said.document_keys}
    shared = [replace(each, document_keys=each.document_keys | said.document_keys) for each in found]
    known = {each.person_id: bool(each.document_keys) for each in found}
    compared = []
    for proposal in linkage.propose(said, shared):
        number = proposal.candidate.person_id
        assert number is not None
        outcomes = {evidence.field: str(evidence.outcome) for evidence in proposal.evidence}
        if number not in holding:
            outcomes["document"] = "differs" if known[number] else "unknown"
        compared.append((number, [[name, outcome] for name, outcome in outcomes.items()]))
    return compared
