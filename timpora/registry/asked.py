"""Whom a statement speaks of, while that is open: who is proposed, which tier decides, who agrees first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import Mark, deciding_tier, not_for, other_office, standing
from timpora.registry.models import Agreement, Decision, Person, Proposal, Statement
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier


@dataclass(frozen=True)
class Asked:
    """A statement of an area, sent by a user. With `decided` also whom it was decided to speak of counts."""

    statement: int
    area: str
    submitter: int
    decided: bool = False

    @property
    def proposals(self) -> QuerySet[Proposal]:
        """Whom it may speak of, as far as nobody has decided."""
        found: QuerySet[Proposal] = Proposal.objects.undecided().filter(statement=self.statement)
        return found

    @property
    def homes(self) -> set[str]:
        """Where the persons it may speak of live, or were spoken of last."""
        persons: set[int | None] = set(self.proposals.values_list("person", flat=True))
        if self.decided:
            live = Decision.objects.live().filter(statement=self.statement)
            persons |= set(live.values_list("proposals__person", flat=True))
            persons |= set(live.values_list("person", flat=True))
        known = [number for number in persons if number is not None]
        return Person.objects.filter(pk__in=known).last_areas()

    @property
    def tier(self) -> Tier:
        """The lowest tier that covers it and every person it may speak of."""
        return min(deciding_tier(self.area, home) for home in self.homes | {self.area})

    def standing(self, by: Mandate, tier: Tier | None = None) -> Mark | None:
        """For whom a mandate would decide; None where it may not. `tier` is the one that holds it."""
        homes, seats = self.homes | {self.area}, Seats((self.area,))
        tier = tier or self.tier
        marks = {standing(by, tier, self.area, home, submitter=self.submitter, seats=seats) for home in homes}
        return None if None in marks else marks.pop()

    @property
    def offices(self) -> set[str]:
        """The codes of the other offices in whose areas those persons live."""
        offices = {other_office(self.area, home) for home in self.homes}
        return {office for office in offices if office}

    @property
    def missing(self) -> set[str]:
        """The codes of the offices that are to agree first and have not."""
        others = self.offices
        if not others:
            return set()
        agreed = Agreement.objects.filter(statement=self.statement).values_list("office", flat=True)
        return others - set(agreed)

    def decide(self, *, by: Mandate, person: Person | None, tier: Tier | None = None) -> Decision:
        """The word that it speaks of a person, or (None) of none of those proposed. Raises Refusal."""
        mark = self.standing(by, tier)
        if mark is None:
            raise not_for(by, self.submitter, _("This is decided by the tier that covers both records."))
        proposals = self.proposals
        if person is not None and not proposals.filter(person=person).exists():
            raise Refusal(_("Choose one of the proposed persons."), code="not_proposed")
        if self.missing:
            raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
        outcome = Decision.Outcome.SAME if person else Decision.Outcome.OTHER
        decision: Decision = Decision.objects.create(
            statement_id=self.statement, person=person, mandate_id=by.pk, mark=mark, outcome=outcome
        )
        proposals.update(decision=decision)
        return decision

    def agree(self, *, by: Mandate) -> None:
        """The other office's yes. Raises Refusal for whoever is not asked, Conflict for a second yes."""
        office = by.post.office_id
        if by.tier != Tier.OFFICE or office not in self.offices or by.user_id == self.submitter:
            raise not_for(by, self.submitter, _("Your office is not asked here."))
        if office not in self.missing:
            raise Conflict(_("Your office has agreed already."), code="agreed")
        Agreement.objects.create(statement_id=self.statement, office=office, mandate_id=by.pk)


@contextmanager
def one_holder() -> Iterator[None]:
    """What is settled inside; a document that somebody else is registered with is a Refusal, not a fault."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        raise Refusal(
            _("Somebody is registered with this document number. Please have the document looked at first."),
            code="document_unclear",
        ) from fault


def settle_certain(statement: Statement, proposals: list[Proposal], *, mandate: int) -> Person | None:
    """The person of the first certain proposal, with the Decision that says so; None where there is none."""
    certain = next((p for p in proposals if p.certainty == Proposal.Certainty.CERTAIN), None)
    if certain is None:
        return None
    Decision.objects.create(
        statement=statement, person_id=certain.person_id, outcome=Decision.Outcome.SAME, mandate_id=mandate
    )
    return certain.person
