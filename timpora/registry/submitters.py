"""Who sent the word that something rests on, by the ledger: nobody decides about what they submitted."""

from __future__ import annotations

from timpora.ledger.models import Entry
from timpora.registry.models.person import Person
from timpora.registry.models.statement import Statement

SENT = "report.submitted"


def submitter_of(cause: str) -> int | None:
    """The user who sent the report that a residence rests on; None where it rests on something else."""
    entry = Entry.objects.about(cause).filter(action=SENT).first()
    return entry.actor if entry else None


def submitters_of(person: Person) -> set[int]:
    """The users who sent a report on which a residence of this person rests, or a return that names them."""
    causes = set(person.residences.values_list("cause", flat=True))
    returns = person.statements.filter(source=Statement.Source.RETURN)
    causes |= set(returns.values_list("source_id", flat=True))
    sent = Entry.objects.filter(subject__in=causes, action__in=(SENT, "return.signed"))
    return {actor for actor in sent.values_list("actor", flat=True) if actor is not None}
