"""Who a report speaks of: proposed at intake and at confirmation, decided there or by the right tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import Mark, deciding_tier, marked, not_for, other_office, standing
from timpora.registry.models import Agreement, Decision, IdentityDocument, Person, Proposal
from timpora.registry.models.person import of_statement
from timpora.registry.seats import Seats
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
    proposals = Proposal.objects.renew(report.statement)
    certain = [proposal for proposal in proposals if proposal.certainty == Proposal.Certainty.CERTAIN]
    if certain:
        Decision.objects.create(
            statement=report.statement, person_id=certain[0].person_id, outcome=Decision.Outcome.SAME,
            mandate_id=by.pk,
        )  # fmt: skip
        return certain[0].person
    if not proposals:
        return of_statement(report.statement)
    report._change(tier=tier_of(report), held_since=timezone.now())
    book.record("identity.asked", by=by, area=report.area_id, subject=report.cause)
    return None


def decide(report: Report, *, by: Mandate, person: Person | None) -> Person:
    """The person decided on: `person`, or (None) a new one. Writes the Decision; the caller verifies."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    _hold_persons(report, by)
    mark = standing_of(report, by)
    if mark is None:
        raise not_for(by, report.sender_id, _("This is decided by the tier that covers both records."))
    proposals = _open(report)
    if person is not None and not proposals.filter(person=person).exists():
        raise Refusal(_("Choose one of the proposed persons."), code="not_proposed")
    if missing_agreements(report):
        raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
    decision = Decision.objects.create(
        statement=report.statement, person=person, mandate_id=by.pk, mark=mark,
        outcome=Decision.Outcome.SAME if person else Decision.Outcome.OTHER,
    )  # fmt: skip
    proposals.update(decision=decision)
    book.record("identity.decided", by=by, area=report.area_id, subject=report.cause,
                fields=marked(decision.outcome, mark))  # fmt: skip
    return person or of_statement(report.statement)


def check_undoing(report: Report, *, by: Mandate) -> None:
    """Raises where there is no decision of a doubtful identity, or `by` may not take it back."""
    decision = Decision.objects.live().filter(statement=report.statement_id).first()
    if decision is None or report.state != report.State.VERIFIED or not decision.proposals.exists():
        raise Conflict(_("There is no decision to take back."), code="not_decided")
    if by.tier is None or by.tier > report.tier or not by.reaches(report.area_id):
        raise Refusal(_("The tier that decided takes its decision back."), code="not_allowed")


def agree(report: Report, *, by: Mandate) -> None:
    """The other office's yes to a decision by the office of the later report."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    _hold_persons(report, by)
    office, asked = by.post.office_id, _asked(report)
    if by.tier != Tier.OFFICE or office not in asked or by.user_id == report.sender_id:
        raise not_for(by, report.sender_id, _("Your office is not asked here."))
    if office not in missing_agreements(report):
        raise Conflict(_("Your office has agreed already."), code="agreed")
    Agreement.objects.create(statement=report.statement, office=office, mandate_id=by.pk)
    book.record("identity.agreed", by=by, area=report.area_id, subject=report.cause)


def missing_agreements(report: Report) -> set[str]:
    """The codes of the offices that are to agree first and have not."""
    others = _asked(report)
    if not others:
        return set()
    agreed = Agreement.objects.filter(statement=report.statement_id).values_list("office", flat=True)
    return others - set(agreed)


def standing_of(report: Report, by: Mandate) -> Mark | None:
    """For whom a mandate would decide who a doubtful report speaks of; None where it may not."""
    seats = Seats((report.area_id,))
    marks = {
        standing(
            by, Tier(report.tier), report.area_id, home, submitter=report.sender_id, seats=seats
        )
        for home in _homes(report) | {report.area_id}
    }  # fmt: skip
    return None if None in marks else marks.pop()


def hold_anew(report: Report, *, by: book.Actor) -> None:
    """A doubtful report is held by the tier that covers both records again, after one of them has moved."""
    tier = tier_of(report)
    if tier != report.tier:
        report._change(tier=tier, held_since=timezone.now())
        book.record("identity.asked", by=by, area=report.area_id, subject=report.cause)


def tier_of(report: Report) -> Tier:
    """The lowest tier that covers this report and every person it may speak of."""
    return min((deciding_tier(report.area_id, home) for home in _homes(report)), default=Tier.DISTRICT)


def _hold_persons(report: Report, by: Mandate) -> None:
    """Keeps whom it may speak of where they are until the transaction ends, and the tier that covers them.

    Who moves one of them meanwhile leaves a report that is being decided alone (`hold_anew` of many).
    """
    spoken_of = Person.objects.filter(pk__in=_open(report).values("person"))
    list(spoken_of.select_for_update().order_by("pk").values_list("pk"))
    hold_anew(report, by=by)


def _open(report: Report) -> QuerySet[Proposal]:
    proposals: QuerySet[Proposal] = report.statement.proposals.undecided()
    return proposals


def _homes(report: Report) -> set[str]:
    """Where the persons it may speak of live, or lived last."""
    return Person.objects.filter(pk__in=_open(report).values("person")).last_areas()


def _asked(report: Report) -> set[str]:
    """The codes of the other offices in whose areas those persons live."""
    offices = {other_office(report.area_id, home) for home in _homes(report)}
    return {office for office in offices if office}
