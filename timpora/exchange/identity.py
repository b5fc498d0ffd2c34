"""Whom a row speaks of: a certain proposal settles it, a doubtful one waits for the tier that covers both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from timpora.exchange.models.match import Match
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.prepared import insert
from timpora.registry import same_document
from timpora.registry.asked import Asked, one_holder, settle_certain
from timpora.registry.deciding import marked, not_for
from timpora.registry.models import Decision, Person, Proposal, Statement
from timpora.registry.models.decision import proposed
from timpora.registry.models.person import of_statement
from timpora.registry.newcomer import known_from
from timpora.reports import open_documents
from timpora.reports.models import Report
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.exchange.models.row import Row


def conclude(statement: Statement, *, by: Mandate) -> bool:
    """Stores a row's new statement and settles whom it is taken to speak of; False where nobody was proposed
    and it made a new person. Where it is doubtful a tier is asked: it is about nobody yet. So it is where its
    document waits already.

    For rows a certain proposal counts as the same person until decided otherwise (rules.md section 1).
    """
    found, waiting = proposed(statement), open_documents.open_ones(statement)
    if not found and not waiting:
        known_from(statement)
        return False
    insert(statement)
    if not found:
        if same_document.wait_with(statement, waiting):
            return True
        settle(statement, of_statement(statement), by=by)
        return False
    person = settle_certain(statement, Proposal.objects.keep(statement, found), mandate=by.pk)
    if person is not None:
        settle(statement, person, by=by)
    return True


def look_again(row: Row) -> bool:
    """An open row is asked of whoever was registered with its document meanwhile, too; one that nobody is
    left for, of whoever it may speak of today. Whether somebody was found.
    """
    if row.statement is None or not row.is_open:
        return False
    if asked_of(row).proposals.exists():
        return same_document.look_again(row.statement)
    return bool(Proposal.objects.renew(_hold(row)))


def settle(statement: Statement, person: Person, *, by: Mandate) -> None:
    """The statement is about the person, and the person's conclusion is drawn anew."""
    statement.person = person
    Statement.objects.filter(pk=statement.pk).update(person=person)
    person.settle()
    if open_documents.follow(person, statement):
        Report.objects.hold_anew(by=by, person=person)


def decide(row: Row, *, by: Mandate, person: Person | None) -> None:
    """Writes the tier's Decision and what follows from it, for every row with this statement."""
    statement = _hold(row)
    asked = asked_of(row)
    spoken_of = Person.objects.filter(pk__in=asked.proposals.values("person"))
    list(spoken_of.select_for_update().order_by("pk").values_list("pk"))  # they stay until this is settled
    if statement.person_id is not None:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    same_document.check(statement, person)
    decision = asked.decide(by=by, person=person)
    _settle_on(statement, person or of_statement(statement), by=by)
    book.record("row.decided", by=by, area=row.area_id, subject=row.cause,
                fields=marked(decision.outcome, decision.mark))  # fmt: skip


def _settle_on(statement: Statement, person: Person, *, by: Mandate) -> None:
    with one_holder():
        settle(statement, person, by=by)
    Match.objects.begin(_rows(statement))


def undo(row: Row, *, by: Mandate, reason: str) -> None:
    """Takes the word back: the proposals wait again, a person nobody else speaks of goes."""
    if not reason.strip():
        raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
    statement = _hold(row)
    decision = Decision.objects.live().filter(statement=statement).first()
    if decision is None or statement.person is None:
        raise Conflict(_("There is no decision to take back."), code="not_decided")
    if asked_of(row, decided=True).standing(by) is None:
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
    asked_of(row).agree(by=by)
    book.record("row.agreed", by=by, area=row.area_id, subject=row.cause)


def asked_of(row: Row, *, decided: bool = False) -> Asked:
    """Who decides whom a row speaks of, and who agrees first."""
    return Asked(row.statement_id or 0, row.area_id, row.batch.sender_id, decided)


def _hold(row: Row) -> Statement:
    """The row's statement, kept from others until the transaction ends."""
    held = Statement.objects.select_for_update(of=("self",)).filter(pk=row.statement_id or 0)
    statement: Statement | None = held.first()
    if statement is None:
        raise Conflict(_("What this row said has been forgotten in the meantime."), code="forgotten")
    row.statement = statement
    return statement


def _rows(statement: Statement) -> list[Row]:
    rows = list(statement.rows.filter(taken_at__isnull=False).select_related("batch"))
    for row in rows:
        row.statement = statement
    return rows
