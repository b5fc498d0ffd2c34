from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import under
from timpora.areas.models import Area, office_of
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import deciding_tier, may_decide, other_office
from timpora.registry.models.residence import Residence
from timpora.registry.seats import Seats
from timpora.team.models import Mandate
from timpora.team.roles import Tier

if TYPE_CHECKING:
    from timpora.registry.models.person import Person


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> ClaimQuerySet:
        return self.filter(closed_at__isnull=True)

    def visible_to(self, mandate: Mandate) -> ClaimQuerySet:
        """Claims on people counted in the mandate's area; above the village, also claims from there."""
        if not mandate.sight.persons:
            return self.none()
        mine = under("counted_in", mandate.codes)
        if mandate.tier != Tier.VILLAGE:
            mine |= under("claimed_in", mandate.codes)
        return self.filter(mine)

    def awaiting(self, mandate: Mandate) -> ClaimQuerySet:
        """Open claims this mandate is to answer (its village counts the person), decide, or agree to."""
        mine = self.open().visible_to(mandate)
        if mandate.tier is None:
            return self.none()
        if mandate.tier == Tier.VILLAGE:
            return mine.filter(answer="")
        ours = mine.filter(under("claimed_in", mandate.codes))
        seats, tier = Seats(mandate.codes), Tier(mandate.tier)
        below = ours.filter(tier__gt=tier).values_list("pk", "tier", "claimed_in")
        fallen = [pk for pk, held_at, area in below if seats.fall_to(tier, Tier(held_at), area)]
        waiting = Q(pk__in=fallen) | Q(under("claimed_in", mandate.codes), tier=tier)
        if office := mandate.post.office_id:
            agreed = Agreement.objects.filter(claim=OuterRef("pk"), office=office)
            elsewhere = ~under("claimed_in", mandate.codes)
            waiting |= Q(under("counted_in", mandate.codes), elsewhere, ~Exists(agreed), tier=Tier.OFFICE)
        return mine.filter(waiting)

    def raise_on(self, *, by: book.Actor, person: Person, home: Residence, area: Area, on: date, cause: str,
                 address: str = "") -> Claim:  # fmt: skip
        """An open claim: another village verified the person present, too. Nobody moves.

        Where the two villages' claim is open already, the new evidence belongs to it.
        """
        standing: Claim | None = self.open().filter(person=person, claimed_in=area).first()
        if standing:
            return standing
        office = office_of(home.area_id)
        days = office.claim_days if office else 7
        claim: Claim = self.create(
            person=person, counted_in=home.area, claimed_in=area, claimed_on=on, address=address, cause=cause,
            tier=deciding_tier(home.area_id, area.pk), due_on=timezone.localdate() + timedelta(days=days),
        )  # fmt: skip
        book.record("claim.opened", by=by, area=home.area_id, subject=f"claim:{claim.pk}")
        person.settle()
        return claim

    def close_on_arrival(self, *, by: book.Actor, person: Person, cause: str) -> None:
        """Closes the person's open claims: a later arrival has settled where they live."""
        for claim in self.open().filter(person=person):
            claim.close(by=by, outcome=Claim.Outcome.ARRIVED, cause=cause)


class Claim(models.Model):
    """Two villages, one person: counted where verified first, until that village or the tier decides."""

    class Answer(models.TextChoices):
        STAYS = "stays", _("still lives here")
        MOVED = "moved", _("has moved there")

    class Outcome(models.TextChoices):
        STAYS = "stays", _("stays where counted")
        MOVED = "moved", _("counted in the other village")
        ARRIVED = "arrived", _("settled by a later arrival")
        WITHDRAWN = "withdrawn", _("the other report was taken back")

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="claims")
    counted_in = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="claims_on")
    claimed_in = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="claims_from")
    claimed_on = models.DateField()
    address = models.CharField(max_length=250, blank=True)
    cause = models.CharField(max_length=40, db_index=True)
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    closing_cause = models.CharField(max_length=40, blank=True)

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="claim_once", fields=["person", "claimed_in"], condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"claim {self.pk} on person {self.person_id}"

    @property
    def is_overdue(self) -> bool:
        return self.closed_at is None and timezone.localdate() > self.due_on

    def respond(self, *, by: Mandate, answer: str) -> None:
        """The word of the village where the person is counted. "Has moved there" settles it at once."""
        if by.tier != Tier.VILLAGE or not by.reaches(self.counted_in_id):
            raise Refusal(_("The village where the person is counted answers this."), code="not_allowed")
        if answer not in Claim.Answer.values:
            raise Refusal(_("Choose one of the two answers."), field="answer", code="answer_missing")
        with book.writing():
            self._still_open()
            self.answer, self.answered_at = answer, timezone.now()
            Claim.objects.filter(pk=self.pk).update(answer=answer, answered_at=self.answered_at)
            book.record(
                "claim.answered", by=by, area=self.counted_in_id, subject=f"claim:{self.pk}", fields=(answer,)
            )
            if answer == Claim.Answer.MOVED:
                self._move(by=by)

    def decide(self, *, by: Mandate, outcome: str) -> None:
        """The deciding tier's word: the person stays counted here, or counts in the other village."""
        if not may_decide(by, Tier(self.tier), self.claimed_in_id, self.counted_in_id):
            raise Refusal(_("This is decided by the tier that covers both villages."), code="not_allowed")
        if outcome not in (Claim.Outcome.STAYS, Claim.Outcome.MOVED):
            raise Refusal(
                _("Choose where the person is to be counted."), field="outcome", code="outcome_missing"
            )
        with book.writing():
            self._still_open()
            if self.awaits_agreement:
                raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
            if outcome == Claim.Outcome.MOVED:
                self._move(by=by)
            else:
                self.close(by=by, outcome=Claim.Outcome.STAYS, cause=f"claim:{self.pk}")

    def agree(self, *, by: Mandate) -> None:
        """The other office's yes, where the person is counted: the office of the claim may now decide."""
        office = by.post.office_id
        if (
            by.tier != Tier.OFFICE
            or office is None
            or office != other_office(self.claimed_in_id, self.counted_in_id)
        ):
            raise Refusal(_("Your office is not asked here."), code="not_asked")
        with book.writing():
            self._still_open()
            if not self.awaits_agreement:
                raise Conflict(_("Your office has agreed already."), code="agreed")
            Agreement.objects.create(claim=self, office=office, mandate_id=by.pk)
            book.record("claim.agreed", by=by, area=self.counted_in_id, subject=f"claim:{self.pk}")

    @property
    def awaits_agreement(self) -> bool:
        """Whether the person is counted in another office's area that has not agreed."""
        office = other_office(self.claimed_in_id, self.counted_in_id)
        return office is not None and not self.agreements.filter(office=office).exists()

    def close(self, *, by: book.Actor, outcome: str, cause: str) -> None:
        self.closed_at, self.outcome, self.closing_cause = timezone.now(), outcome, cause
        Claim.objects.filter(pk=self.pk).update(
            closed_at=self.closed_at, outcome=outcome, closing_cause=cause
        )
        book.record(
            "claim.closed", by=by, area=self.counted_in_id, subject=f"claim:{self.pk}", fields=(outcome,)
        )
        self.person.settle()

    def reopen(self, *, by: book.Actor) -> None:
        """Open again, because what closed it was taken back."""
        Claim.objects.filter(pk=self.pk).update(closed_at=None, outcome="", closing_cause="")
        book.record("claim.reopened", by=by, area=self.counted_in_id, subject=f"claim:{self.pk}")
        self.person.settle()

    def _still_open(self) -> None:
        """Raises Conflict when it was settled meanwhile; keeps the row until the transaction ends."""
        if not Claim.objects.open().select_for_update().filter(pk=self.pk).first():
            raise Conflict(_("This has been settled in the meantime."), code="claim_closed")

    def _move(self, *, by: book.Actor) -> None:
        cause = f"claim:{self.pk}"
        home = self.person.residences.current().select_related("area", "person").first()
        started_on = self.claimed_on
        if home is not None:  # None: the person has left the first village since, and is counted nowhere
            started_on = max(started_on, home.started_on)
            home.finish(on=started_on, end=Residence.End.DECIDED, cause=cause)
        Residence.objects.begin(
            person=self.person, area=self.claimed_in, started_on=started_on, cause=cause, address=self.address
        )
        self.close(by=by, outcome=Claim.Outcome.MOVED, cause=cause)


class Agreement(models.Model):
    """The other office's yes, where two offices' records may be one person."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="agreements", null=True)
    statement = models.ForeignKey(
        "registry.Statement", on_delete=models.CASCADE, related_name="agreements", null=True
    )
    office = models.CharField(max_length=60)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"agreement of {self.office}"
