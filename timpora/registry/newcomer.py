"""Somebody of whom nothing is known yet but one statement."""

from __future__ import annotations

from timpora.prepared import insert
from timpora.registry.models.person import Person, of_statement
from timpora.registry.models.statement import Statement


def known_from(statement: Statement) -> Person:
    """A new person with all that follows from the one statement there is, which is stored with it: what
    `of_statement` and `settle` give, without looking for what cannot be there yet.
    """
    person = of_statement(statement)
    statement.person = person
    insert(statement)
    person.keep_parts([statement], [statement], new=True)
    return person
