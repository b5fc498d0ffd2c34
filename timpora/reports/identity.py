"""Who a report speaks of: proposed at intake and at confirmation, decided there or by the right tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import deciding_tier, may_decide, other_office
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
    tier = tier_of(report, [proposal.person_id for proposal in proposals])
    report._change(tier=tier, held_since=timezone.now())
    book.record("identity.asked", by=by, area=report.area_id, subject=report.cause)
    return None


def decide(report: Report, *, by: Mandate, person: Person | None) -> Person:
    """The person decided on: `person`, or (None) a new one. Writes the Decision; the caller verifies."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    proposals = _open(report)
    _check(report, by, [proposal.person for proposal in proposals.select_related("person")])
    if person is not None and not proposals.filter(person=person).exists():
        raise Refusal(_("Choose one of the proposed persons."), code="not_proposed")
    if missing_agreements(report):
        raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
    decision = Decision.objects.create(
        statement=report.statement, person=person, mandate_id=by.pk,
        outcome=Decision.Outcome.SAME if person else Decision.Outcome.OTHER,
    )  # fmt: skip
    proposals.update(decision=decision)
    book.record(
        "identity.decided", by=by, area=report.area_id, subject=report.cause, fields=(decision.outcome,)
    )
    return person or of_statement(report.statement)


def taken_back(report: Report, *, by: Mandate) -> Tier:
    """The tier that decides again, after the live decision of a doubtful identity was undone."""
    decision = Decision.objects.live().filter(statement=report.statement_id).first()
    if decision is None or report.state != report.State.VERIFIED or not decision.proposals.exists():
        raise Conflict(_("There is no decision to take back."), code="not_decided")
    persons = list(decision.proposals.values_list("person", flat=True))
    tier = tier_of(report, persons)
    if by.tier is None or by.tier > tier or not by.reaches(report.area_id):
        raise Refusal(_("The tier that decided takes its decision back."), code="not_allowed")
    Decision.objects.filter(pk=decision.pk).update(undone_at=timezone.now())
    return tier


def agree(report: Report, *, by: Mandate) -> None:
    """The other office's yes to a decision by the office of the later report."""
    if not report.is_doubtful:
        raise Conflict(_("This has been decided in the meantime."), code="not_doubtful")
    if by.user_id == report.sender_id:
        raise Refusal(_("Nobody decides about what they submitted."), code="own_report")
    office = by.post.office_id
    if by.tier != Tier.OFFICE or office not in missing_agreements(report):
        raise Refusal(_("Your office is not asked here."), code="not_asked")
    Agreement.objects.create(statement=report.statement, office=office, mandate_id=by.pk)
    book.record("identity.agreed", by=by, area=report.area_id, subject=report.cause)


def missing_agreements(report: Report) -> set[str]:
    """The codes of the offices that are to agree first and have not."""
    homes = {proposal.person.last_area for proposal in _open(report).select_related("person")} - {None}
    others = {other_office(report.area_id, home) for home in homes if home} - {None}
    if not others:
        return set()
    agreed = Agreement.objects.filter(statement=report.statement_id).values_list("office", flat=True)
    return {office for office in others if office} - set(agreed)


def tier_of(report: Report, persons: list[int]) -> Tier:
    """The lowest tier that covers this report and every person it may speak of."""
    homes = [person.last_area or report.area_id for person in Person.objects.filter(pk__in=persons)]
    return min((deciding_tier(report.area_id, home) for home in homes), default=Tier.DISTRICT)


def _open(report: Report) -> QuerySet[Proposal]:
    proposals: QuerySet[Proposal] = report.statement.proposals.filter(decision__isnull=True)
    return proposals


def _check(report: Report, by: Mandate, persons: list[Person]) -> None:
    if by.user_id == report.sender_id:
        raise Refusal(_("Nobody decides about what they submitted."), code="own_report")
    homes = {person.last_area or report.area_id for person in persons} | {report.area_id}
    seats = Seats((report.area_id,))
    if not all(
        may_decide(by, Tier(report.tier), report.area_id, home, seats, report.sender_id) for home in homes
    ):
        raise Refusal(_("This is decided by the tier that covers both records."), code="not_allowed")
