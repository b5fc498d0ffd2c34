"""The rows that name a person, brought to whom they are about now. Each remembers whose it was first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from timpora.registry.models.claim import Claim
from timpora.registry.models.decision import Decision, Proposal
from timpora.registry.models.document import IdentityDocument
from timpora.registry.models.employment import Employment
from timpora.registry.models.family import FamilyLink
from timpora.registry.models.guarantor import Guarantor
from timpora.registry.models.origin import Origin
from timpora.registry.models.permit import StayPermit
from timpora.registry.models.person import Person
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.residence import Residence
from timpora.registry.models.statement import Statement

# What is concluded from statements goes with its statement.
CONCLUDED: tuple[Any, ...] = (IdentityDocument, StayPermit, Employment, Guarantor, FamilyLink)
# What is brought there by rules of its own (homes.py, claims.py) or made anew, and who was found to be whom.
KEPT: tuple[Any, ...] = (*CONCLUDED, PersonKey, Residence, Claim, Person)


def following() -> list[Any]:
    """The keys to persons, of whichever app, whose rows go where the person goes; statements first."""
    keys = [relation.field for relation in Person._meta.related_objects if relation.related_model not in KEPT]
    return sorted(keys, key=lambda key: key.model is not Statement)


def move(into: dict[int, set[int]]) -> None:
    """Brings the rows of all these persons to the heads of their groups, or back to whose they were."""
    for key in following():
        move_of(key, into)
    for model in CONCLUDED:
        for head in into:
            model.objects.filter(statement__person=head).exclude(person=head).update(person=head)


def move_of(key: Any, into: dict[int, set[int]]) -> None:
    """Does so for the rows of one table."""
    head_of = {number: head for head, group in into.items() for number in group}
    table, rows = key.model._meta.label_lower, key.model._base_manager
    found: dict[Any, Any] = dict(rows.filter(**{f"{key.name}__in": head_of}).values_list("pk", key.attname))
    origins = first_of(table, head_of, found)
    for pk, person in found.items():
        whose = origins.get(pk, person)
        head = _of_statement(key, pk) or head_of[whose]
        if head != person:
            rows.filter(pk=pk).update(**{key.attname: head})
        if pk in origins and head == whose:
            Origin.objects.filter(table=table, row=pk, against__isnull=True).delete()
        elif pk not in origins and head != whose:
            Origin.objects.create(table=table, row=pk, person=whose)


def first_of(table: str, persons: Any, found: dict[Any, Any]) -> dict[int, int]:
    """Whose rows of a table were, where they are another's now. What has been said anew since is forgotten:
    a row that left the person in the meantime, and a statement of which was decided again whom it is about.
    """
    kept: dict[int, int] = {}
    decided = _decided_last(found) if table == Statement._meta.label_lower else {}
    for origin in Origin.objects.filter(table=table, person__in=list(persons)):
        again = decided.get(origin.row)
        if origin.row not in found or (again is not None and again > origin.at):
            origin.delete()
        else:
            kept[origin.row] = origin.person
    return kept


def _decided_last(statements: Any) -> dict[int, Any]:
    """When the last word was given of whom each statement speaks, or was taken back."""
    last = Max(Greatest("at", Coalesce("undone_at", "at")))
    decided = Decision.objects.filter(statement__in=list(statements)).order_by()
    return dict(decided.values_list("statement").annotate(last=last))


def _of_statement(key: Any, pk: int) -> int | None:
    """The person whom the row's own statement is about; what was said of them is where it was said."""
    model = key.model
    if not any(isinstance(field, models.OneToOneField) and field.related_model is Statement
               for field in model._meta.fields):  # fmt: skip
        return None
    about: int | None = model._base_manager.filter(pk=pk).values_list("statement__person", flat=True).first()
    return about


def propose_anew(members: Collection[int]) -> None:
    """What the registry proposes for whoever may be one of these persons, now that they are others.

    Where it sees nobody alike any more, what it proposed stands, each person once: somebody was asked.
    """
    asked = Proposal.objects.undecided().filter(person__in=members)
    for statement in Statement.objects.filter(pk__in=asked.values("statement")).order_by("pk"):
        before = Proposal.objects.undecided().filter(statement=statement).order_by("certainty", "pk")
        each = {proposal.person_id: proposal for proposal in reversed(list(before))}
        if Proposal.objects.renew(statement):
            continue
        for proposal in reversed(each.values()):
            proposal.pk = None
            proposal.save(force_insert=True)
