from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area, office_of
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.deciding import Mark, deciding_tier, marked, not_for, other_office, standing
from timpora.registry.models.agreement import Agreement
from timpora.registry.models.claim_queryset import ClaimQuerySet
from timpora.registry.models.person import Person
from timpora.registry.models.residence import Residence
from timpora.registry.models.residence_queryset import built_upon
from timpora.registry.seats import village_holders
from timpora.team.models import Mandate
from timpora.team.roles import Tier

ANSWER_WITHIN = 7  # days, where no office has set its own


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
        MERGED = "merged", _("asked of the person both records are")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    counted_in = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="claims_on")
    claimed_in = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="claims_from")
    claimed_on = models.DateField()
    address = models.CharField(max_length=250, blank=True)
    cause = models.CharField(max_length=40, db_index=True)
    submitter_id = models.BigIntegerField()  # who sent the report that opened it: neither answers nor decides
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    passed_on = models.PositiveSmallIntegerField(
        default=0
    )  # how often the person was counted elsewhere since
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answer_mark = models.CharField(max_length=6, choices=Mark.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    mark = models.CharField(max_length=6, choices=Mark.choices, blank=True)
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
    def subject(self) -> str:
        """How the ledger, and what it brings about, name this claim."""
        return f"claim:{self.pk}"

    @property
    def is_overdue(self) -> bool:
        return self.closed_at is None and timezone.localdate() > self.due_on

    @property
    def version(self) -> str:
        """Its state as a short word without personal data, for the page that shows it to send back."""
        state = "closed" if self.closed_at else "answered" if self.answer else "open"
        return f"{state}.{self.passed_on}"

    @property
    def other_office(self) -> str | None:
        """The code of the office where the person is counted, if it is not that of the claiming village."""
        return other_office(self.claimed_in_id, self.counted_in_id)

    @property
    def awaits_agreement(self) -> bool:
        """Whether the person is counted in another office's area that has not agreed."""
        office = self.other_office
        return office is not None and not self.agreements.filter(office=office).exists()

    def is_asked_to_agree(self, by: Mandate) -> bool:
        """Whether a mandate speaks for that other office; not about what its holder has reported."""
        own = by.tier == Tier.OFFICE and by.post.office_id is not None and by.user_id != self.submitter_id
        return own and by.post.office_id == self.other_office

    def standing_to_answer(self, by: Mandate) -> Mark | None:
        """For whom a mandate would answer: its own village, or a vacant village post; None: not at all."""
        if by.user_id == self.submitter_id or not by.reaches(self.counted_in_id):
            return None
        if not self.person.residences.current().filter(area=self.counted_in_id).exists():
            return None
        if by.tier == Tier.VILLAGE:
            return Mark.NONE
        if by.tier != Tier.DISTRICT or self.standing_to_decide(by) is not None:
            return None
        held = village_holders(self.counted_in_id, without=self.submitter_id).exists()
        return None if held else Mark.VACANT

    def standing_to_decide(self, by: Mandate) -> Mark | None:
        """For whom a mandate would decide; None: not at all."""
        return standing(
            by, Tier(self.tier), self.claimed_in_id, self.counted_in_id, submitter=self.submitter_id
        )

    # Verbs

    def respond(self, *, by: Mandate, answer: str, seen: str = "") -> None:
        """The word of the village where the person is counted. "Has moved there" settles it at once.

        For a vacant village its district answers; then the deciding tier has the last word in either case.
        """
        with book.writing():
            self._hold(seen)
            mark = self.standing_to_answer(by)
            if mark is None:
                sentence = _("The village where the person is counted answers this.")
                raise not_for(by, self.submitter_id, sentence)
            if answer not in Claim.Answer.values:
                raise Refusal(_("Choose one of the two answers."), field="answer", code="answer_missing")
            self._change(answer=answer, answer_mark=mark, answered_at=timezone.now())
            book.record("claim.answered", by=by, area=self.counted_in_id, subject=self.subject,
                        fields=marked(answer, mark))  # fmt: skip
            if answer == Claim.Answer.MOVED and mark == Mark.NONE:
                self.move(by=by, cause=self.subject)

    def decide(self, *, by: Mandate, outcome: str, seen: str = "") -> None:
        """The deciding tier's word: the person stays counted here, or counts in the other village."""
        with book.writing():
            self._hold(seen)
            mark = self.standing_to_decide(by)
            if mark is None:
                sentence = _("This is decided by the tier that covers both villages.")
                raise not_for(by, self.submitter_id, sentence)
            if outcome not in (Claim.Outcome.STAYS, Claim.Outcome.MOVED):
                raise Refusal(
                    _("Choose where the person is to be counted."), field="outcome", code="outcome_missing"
                )
            if self.awaits_agreement:
                raise Refusal(_("The other office has not agreed yet."), code="agreement_missing")
            if outcome == Claim.Outcome.MOVED:
                self.move(by=by, cause=self.subject, mark=mark)
            else:
                self.close(by=by, outcome=Claim.Outcome.STAYS, cause=self.subject, mark=mark)

    def agree(self, *, by: Mandate) -> None:
        """The other office's yes, where the person is counted: the office of the claim may now decide."""
        with book.writing():
            self._hold()
            office = self.other_office
            if office is None or not self.is_asked_to_agree(by):
                raise not_for(by, self.submitter_id, _("Your office is not asked here."))
            if not self.awaits_agreement:
                raise Conflict(_("Your office has agreed already."), code="agreed")
            Agreement.objects.create(claim=self, office=office, mandate_id=by.pk)
            book.record("claim.agreed", by=by, area=self.counted_in_id, subject=self.subject)

    def move(self, *, by: book.Actor, cause: str, mark: str = "") -> None:
        """The person counts in the claiming village from now on, and that settles this claim."""
        home = self.person.residences.current().select_related("area", "person").first()
        started_on = self.claimed_on
        if home is not None:  # None: the person has left the first village since, and is counted nowhere
            started_on = max(started_on, home.started_on)
            home.finish(on=started_on, end=Residence.End.DECIDED, cause=cause)
        Residence.objects.begin(
            person=self.person, area=self.claimed_in, started_on=started_on, cause=cause, address=self.address
        )
        self.close(by=by, outcome=Claim.Outcome.MOVED, cause=cause, mark=mark)
        Claim.objects.follow(by=by, person=self.person, cause=cause)

    def close(self, *, by: book.Actor, outcome: str, cause: str, mark: str = "") -> None:
        self._change(closed_at=timezone.now(), outcome=outcome, closing_cause=cause, mark=mark)
        book.record(
            "claim.closed", by=by, area=self.counted_in_id, subject=self.subject, fields=marked(outcome, mark)
        )
        self.person.settle()

    def reopen(self, *, by: book.Actor) -> None:
        """Open again, because what closed it was taken back."""
        self._change(closed_at=None, outcome="", closing_cause="", mark="")
        book.record("claim.reopened", by=by, area=self.counted_in_id, subject=self.subject)
        self.person.settle()

    def withdraw(self, *, by: book.Actor, cause: str) -> None:
        """The report that opened it was taken back: so is its decision, where that moved the person.

        Raises Conflict where a later report has settled it, or builds on the decision.
        """
        decided = self.closing_cause == self.subject
        moved = self.outcome == Claim.Outcome.MOVED
        if moved and not decided:
            raise built_upon()
        if moved:
            Residence.objects.undo(self.subject)
        if moved or self.closed_at is None:
            self.close(by=by, outcome=Claim.Outcome.WITHDRAWN, cause=cause)
            Claim.objects.reopen(by=by, cause=self.subject)
        else:
            self._change(closing_cause=cause)  # whatever closed it, nothing opens it again

    def rest_on(self, *, cause: str, submitter: int) -> None:
        """Stands on a further report of the same village, after the one that opened it was taken back."""
        self._change(cause=cause, submitter_id=submitter)

    def pass_on(self, *, by: book.Actor, to: Area) -> None:
        """To the village that counts the person now: it is asked anew, with days of its own."""
        self.ask(to)
        asked = ("counted_in", "tier", "due_on")
        self._change(**{name: getattr(self, name) for name in asked}, passed_on=self.passed_on + 1,
                     answer="", answer_mark="", answered_at=None)  # fmt: skip
        book.record("claim.passed_on", by=by, area=self.counted_in_id, subject=self.subject)

    def ask(self, counting: Area) -> None:
        """Sets which village is asked, until when, and which tier decides between the two. Saves nothing."""
        office = office_of(counting.pk)
        days = office.claim_days if office else ANSWER_WITHIN
        self.counted_in, self.tier = counting, deciding_tier(counting.pk, self.claimed_in_id)
        self.due_on = timezone.localdate() + timedelta(days=days)

    def _hold(self, seen: str = "") -> None:
        """Reads the row afresh and keeps it and its person until the transaction ends.

        Raises Conflict when it was settled meanwhile, or is no longer what the officer has `seen`.
        """
        Person.objects.select_for_update().get(pk=self.person_id)  # before the claim: settling does so, too
        self.refresh_from_db(from_queryset=Claim.objects.select_for_update())
        if self.closed_at is not None:
            raise Conflict(_("This has been settled in the meantime."), code="claim_closed")
        if seen and seen != self.version:
            raise Conflict(_("Something new was said of this in the meantime."), code="stale")

    def _change(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        Claim.objects.filter(pk=self.pk).update(**values)
