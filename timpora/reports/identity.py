"""Who a report speaks of: proposed at intake and at confirmation, decided there or by the right tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry import same_document
from timpora.registry.asked import Asked, settle_certain
from timpora.registry.deciding import Mark, marked
from timpora.registry.models import Decision, IdentityDocument, Person, Proposal
from timpora.registry.models.person import of_statement
from timpora.reports import open_documents
from timpora.team.models import Mandate
from timpora.team.roles import Tier

if TYPE_CHECKING:
    from timpora.reports.models.report import Report


def known_person(report: Report) -> Person | None:
    """The person the sender itself named: a resident, or whoever its earlier report turned out to be."""
    if report.person_id or report.evidence_of is None or report.evidence_of.person is None:
        return report.person
    person = report.evidence_of.person
    key = report.statement.document_key
    elsewhere = key and IdentityDocument.objects.filter(number_key=key).exclude(person=person).exists()
    return None if elsewhere else person


def conclude(report: Report, *, by: Mandate) -> Person | None:
    """The person the last confirmation settles on; None where it is doubtful and a tier is asked instead."""
    proposals = proposed_anew(report)
    person = settle_certain(report.statement, proposals, mandate=by.pk)
    if person is not None:
        return person
    if not proposals:
        return of_statement(report.statement)
    report._change(tier=tier_of(report), held_since=timezone.now())
    book.record("identity.asked", by=by, area=report.area_id, subject=report.cause)
    return None


def proposed_anew(report: Report) -> list[Proposal]:
    """Whom it may speak of as the registry stands today; of nobody known, with whom its document waits."""
    statement = report.statement
    found = Proposal.objects.renew(statement)
    return found or same_document.wait_with(statement, open_documents.open_ones(statement))


def look_again(report: Report, *, by: book.Actor) -> None:
    """A doubtful report is asked of whoever was registered with its document meanwhile, too."""
    if report.is_doubtful and same_document.look_again(report.statement):
        with book.writing():
            hold_anew(report, by=by)


def decide(report: Report, *, by: Mandate, person: Person | None) -> Person:
    """The person decided on: `person`, or (None) a new one. Writes the Decision; the caller verifies."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    _hold_persons(report, by)
    same_document.check(report.statement, person)
    decision = _asked(report).decide(by=by, person=person, tier=Tier(report.tier))
    book.record("identity.decided", by=by, area=report.area_id, subject=report.cause,
                fields=marked(decision.outcome, decision.mark))  # fmt: skip
    return person or of_statement(report.statement)


def check_undoing(report: Report, *, by: Mandate) -> None:
    """Raises where there is no decision of a doubtful identity, or `by` may not take it back."""
    decided = Decision.objects.of_tiers().filter(statement=report.statement_id)
    if report.state != report.State.VERIFIED or not decided.exists():
        raise Conflict(_("There is no decision to take back."), code="not_decided")
    if by.tier is None or by.tier > report.tier or not by.reaches(report.area_id):
        raise Refusal(_("The tier that decided takes its decision back."), code="not_allowed")


def agree(report: Report, *, by: Mandate) -> None:
    """The other office's yes to a decision by the office of the later report."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    _hold_persons(report, by)
    _asked(report).agree(by=by)
    book.record("identity.agreed", by=by, area=report.area_id, subject=report.cause)


def missing_agreements(report: Report) -> set[str]:
    """The codes of the offices that are to agree first and have not."""
    return _asked(report).missing


def standing_of(report: Report, by: Mandate) -> Mark | None:
    """For whom a mandate would decide who a doubtful report speaks of; None where it may not."""
    return _asked(report).standing(by, Tier(report.tier))


def hold_anew(report: Report, *, by: book.Actor) -> None:
    """A doubtful report is held by the tier that covers both records again, after one of them has moved."""
    tier = tier_of(report)
    if tier != report.tier:
        report._change(tier=tier, held_since=timezone.now())
        book.record("identity.asked", by=by, area=report.area_id, subject=report.cause)


def tier_of(report: Report) -> Tier:
    """The lowest tier that covers this report and every person it may speak of."""
    return _asked(report).tier


def _hold_persons(report: Report, by: Mandate) -> None:
    """Keeps whom it may speak of where they are until the transaction ends, and the tier that covers them.

    Who moves one of them meanwhile leaves a report that is being decided alone (`hold_anew` of many).
    """
    spoken_of = Person.objects.filter(pk__in=_asked(report).proposals.values("person"))
    list(spoken_of.select_for_update().order_by("pk").values_list("pk"))
    hold_anew(report, by=by)


def _asked(report: Report) -> Asked:
    return Asked(report.statement_id, report.area_id, report.sender_id)
