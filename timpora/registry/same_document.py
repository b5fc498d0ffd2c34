"""Statements that name one document: whoever holds it stands beside those who are proposed for them.

A document is one person's. While it is open whom one statement with it speaks of, the next one with it is
asked of the same persons (`reports.open_documents` knows which statements those are).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Refusal
from timpora.registry import linkage
from timpora.registry.models import IdentityDocument, Person, Proposal, Statement
from timpora.registry.models.profiles import profile_of, profiles_of


def wait_with(statement: Statement, others: Iterable[int]) -> list[Proposal]:
    """Asks of a stored statement whether it speaks of those who are proposed for the others."""
    asked = Proposal.objects.undecided().filter(statement__in=others).values_list("person", flat=True)
    return propose(statement, asked)


def look_again(statement: Statement) -> bool:
    """Whether somebody who was registered with its document meanwhile stands now beside those proposed."""
    if not statement.document_key or statement.person_id is not None:
        return False
    holders = IdentityDocument.objects.filter(number_key=statement.document_key)
    with transaction.atomic():  # two who look at once ask nothing twice
        Statement.objects.select_for_update(of=("self",)).filter(pk=statement.pk).first()
        return bool(propose(statement, holders.values_list("person", flat=True)))


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


def propose(statement: Statement, persons: Iterable[int]) -> list[Proposal]:
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
