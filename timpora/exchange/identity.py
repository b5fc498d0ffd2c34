"""Whom a row speaks of: a certain proposal settles it, a doubtful one waits for the tier that covers both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from timpora.exchange.models.match import Match
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import Mark, deciding_tier, marked, not_for, other_office, standing
from timpora.registry.models import Agreement, Decision, Person, Proposal, Statement
from timpora.registry.models.decision import proposed
from timpora.registry.models.person import of_statement
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier

if TYPE_CHECKING:
    from timpora.exchange.models.row import Row


def conclude(statement: Statement, *, mandate: int) -> tuple[Person | None, list[Proposal]]:
    """The person a row's new statement is taken to speak of, None where it is doubtful and a tier is asked;
    and who was proposed.

    For rows a certain proposal counts as the same person until decided otherwise (rules.md section 1).
    """
    proposals = Proposal.objects.keep(statement, proposed(statement))
    certain = [proposal for proposal in proposals if proposal.certainty == Proposal.Certainty.CERTAIN]
    if certain:
        Decision.objects.create(
            statement=statement, person_id=certain[0].person_id, outcome=Decision.Outcome.SAME,
            mandate_id=mandate,
        )  # fmt: skip
        return certain[0].person, proposals
    return (None, proposals) if proposals else (of_statement(statement), [])


def settle(statement: Statement, person: Person) -> None:
    """The statement is about the person, and the person's conclusion is drawn anew."""
    statement.person = person
    Statement.objects.filter(pk=statement.pk).update(person=person)
    person.settle()


def decide(row: Row, *, by: Mandate, person: Person | None) -> None:
    """Writes the tier's Decision and what follows from it, for every row with this statement."""
    statement = _hold(row)
    if statement.person_id is not None or not open_proposals(row).exists():
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    mark = standing_of(row, by)
    if mark is None:
        raise not_for(by, row.batch.sender_id, _("This is decided by the tier that covers both records."))
    proposals = open_proposals(row)
    if person is not None and not proposals.filter(person=person).exists():
        raise Refusal(_("Choose one of the proposed persons."), code="not_proposed")
    if missing_agreements(row):
        raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
    decision = Decision.objects.create(
        statement=statement, person=person, mandate_id=by.pk, mark=mark,
        outcome=Decision.Outcome.SAME if person else Decision.Outcome.OTHER,
    )  # fmt: skip
    proposals.update(decision=decision)
    _settle_on(statement, person or of_statement(statement))
    book.record("row.decided", by=by, area=row.area_id, subject=row.cause,
                fields=marked(decision.outcome, mark))  # fmt: skip


def _settle_on(statement: Statement, person: Person) -> None:
    try:
        with transaction.atomic():
            settle(statement, person)
    except IntegrityError as fault:
        # Somebody else is registered with this document number: two people cannot both have it.
        raise Refusal(
            _("Somebody is registered with this document number. Please have the document looked at first."),
            code="document_unclear",
        ) from fault
    Match.objects.begin(_rows(statement), person.pk)


def undo(row: Row, *, by: Mandate, reason: str) -> None:
    """Takes the word back: the proposals wait again, a person nobody else speaks of goes."""
    if not reason.strip():
        raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
    statement = _hold(row)
    decision = Decision.objects.live().filter(statement=statement).first()
    if decision is None or statement.person is None:
        raise Conflict(_("There is no decision to take back."), code="not_decided")
    if standing_of(row, by, decided=True) is None:
        raise not_for(by, row.batch.sender_id, _("The tier that decides takes its decision back."))
    person = Person.objects.select_for_update().get(pk=statement.person.pk)
    _reopen(decision)
    statement.person = None
    Statement.objects.filter(pk=statement.pk).update(person=None)
    Match.objects.finish(_rows(statement))
    if person.statements.exists():
        person.settle()
    else:
        person.delete()
    book.record("row.undone", by=by, area=row.area_id, subject=row.cause, detail={"reason": reason})


def _reopen(decision: Decision) -> None:
    """The decision stays as one undone, with what it decided on; the same proposals are open again."""
    copies = [
        Proposal(statement_id=p.statement_id, person_id=p.person_id, certainty=p.certainty, grounds=p.grounds)
        for p in decision.proposals.order_by("pk")
    ]
    Decision.objects.filter(pk=decision.pk).update(undone_at=book.moment())
    Proposal.objects.bulk_create(copies)


def agree(row: Row, *, by: Mandate) -> None:
    """The other office's yes to a decision by the office of the row."""
    statement = _hold(row)
    if statement.person_id is not None:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    office = by.post.office_id
    if by.tier != Tier.OFFICE or office not in asked(row) or by.user_id == row.batch.sender_id:
        raise not_for(by, row.batch.sender_id, _("Your office is not asked here."))
    if office not in missing_agreements(row):
        raise Conflict(_("Your office has agreed already."), code="agreed")
    Agreement.objects.create(statement=statement, office=office, mandate_id=by.pk)
    book.record("row.agreed", by=by, area=row.area_id, subject=row.cause)


def standing_of(row: Row, by: Mandate, *, decided: bool = False) -> Mark | None:
    """For whom a mandate would decide about a row (or take the decision back); None where it may not."""
    homes = _homes(row, decided=decided) | {row.area_id}
    tier = min(deciding_tier(row.area_id, home) for home in homes)
    seats = Seats((row.area_id,))
    marks = {
        standing(by, tier, row.area_id, home, submitter=row.batch.sender_id, seats=seats) for home in homes
    }
    # A list is brought at the regency: what lies within one district is its own tier's, or the regency's.
    return None if None in marks else marks.pop()


def missing_agreements(row: Row) -> set[str]:
    """The codes of the offices that are to agree first and have not."""
    others = asked(row)
    if not others:
        return set()
    agreed = Agreement.objects.filter(statement=row.statement_id).values_list("office", flat=True)
    return others - set(agreed)


def asked(row: Row) -> set[str]:
    """The codes of the other offices in whose areas the proposed persons live."""
    offices = {other_office(row.area_id, home) for home in _homes(row)}
    return {office for office in offices if office}


def open_proposals(row: Row) -> QuerySet[Proposal]:
    """Whom the row may speak of, as far as nobody has decided."""
    found: QuerySet[Proposal] = Proposal.objects.undecided().filter(statement=row.statement_id)
    return found


def _homes(row: Row, *, decided: bool = False) -> set[str]:
    """Where the persons it may speak of, or was decided to, live or were spoken of last."""
    persons: set[int | None] = set(open_proposals(row).values_list("person", flat=True))
    if decided:
        live = Decision.objects.live().filter(statement=row.statement_id)
        persons |= set(live.values_list("proposals__person", flat=True))
        persons |= set(live.values_list("person", flat=True))
    return Person.objects.filter(pk__in=[number for number in persons if number is not None]).last_areas()


def _hold(row: Row) -> Statement:
    """The row's statement, kept from others until the transaction ends."""
    statement: Statement = Statement.objects.select_for_update(of=("self",)).get(pk=row.statement_id or 0)
    row.statement = statement
    return statement


def _rows(statement: Statement) -> list[Row]:
    return list(statement.rows.filter(taken_at__isnull=False).select_related("batch"))
