from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.receipt import receipt
from timpora.registry.asked import one_holder
from timpora.registry.models import Freeze, Person, Statement
from timpora.reports import identity, ladder, settlement
from timpora.reports.models.queryset import ReportQuerySet
from timpora.reports.models.review import Review
from timpora.reports.models.waiting import Waiting
from timpora.team.models import Mandate, Post, User
from timpora.team.roles import Tier

# How long "undo" stays on screen after a confirmation; with a reason it is possible until the freeze.
UNDO_FOR = timedelta(seconds=10)
GRACE = timedelta(seconds=3)  # for the way to the screen and back


class Report(models.Model):
    """A village's word about one foreign national's presence, on its way up the verifying tiers."""

    class Kind(models.TextChoices):
        PRESENT = "present", _("lives here")
        ARRIVED = "arrived", _("has arrived")
        MOVED = "moved", _("has moved")
        LEFT = "left", _("has left")
        NOT_FOUND = "not_found", _("was not found")
        CORRECTION = "correction", _("correction")

    class Left(models.TextChoices):
        ABROAD = "abroad", _("went abroad")
        KNOWN = "known", _("to a known place")
        UNKNOWN = "unknown", _("to an unknown place")
        DIED = "died", _("died")
        NATURALISED = "naturalised", _("became Indonesian")
        DETAINED = "detained", _("was detained")
        ERROR = "error", _("was entered in error")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("waiting")
        VERIFIED = "verified", _("verified")
        SENT_BACK = "sent_back", _("sent back")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")

    NEW_KINDS: ClassVar[tuple[str, ...]] = (Kind.PRESENT, Kind.ARRIVED)

    sent_id = models.UUIDField()  # the sender's own id
    content = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports")
    event_on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="reports")
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reports")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reports")
    on_behalf = models.BooleanField(default=False)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="report")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    left = models.CharField(max_length=12, choices=Left.choices, blank=True)
    destination = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="arrivals"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # The same post's earlier report of the same person, which this one supports.
    evidence_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    tier = models.PositiveSmallIntegerField(choices=Tier.choices)
    submitted_at = models.DateTimeField(default=timezone.now)
    held_since = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="report_sent_once", fields=["sender", "sent_id"])]
        indexes = [models.Index(fields=["state", "area"], name="report_state_area")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def cause(self) -> str:
        """How lower layers name this report: a plain value."""
        return f"report:{self.pk}"

    @property
    def receipt(self) -> str:
        """The receipt's number: month and running number, no personal data."""
        return receipt("L", self.submitted_at, self.pk)

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.statement.values)

    @property
    def is_doubtful(self) -> bool:
        """Confirmed, but who it speaks of awaits a decision; the village reads "being checked"."""
        return self.state == self.State.SUBMITTED and self.final_review is not None

    @property
    def final_review(self) -> Review | None:
        return self.reviews.live().filter(final=True, outcome=Review.Outcome.CONFIRMED).first()

    @property
    def last_confirmation(self) -> Review | None:
        return self.reviews.live().filter(outcome=Review.Outcome.CONFIRMED).order_by("-pk").first()

    def can_be_undone(self, by: Mandate) -> bool:
        """Whether the quick undo still applies: this mandate confirmed it seconds ago."""
        review = self.last_confirmation
        return (
            review is not None
            and review.mandate_id == by.pk
            and timezone.now() - review.at < UNDO_FOR + GRACE
        )

    def can_be_answered(self, by: Mandate) -> bool:
        """Whether this post may send the report that replaces this one: it was sent back, is unanswered."""
        sent_back = self.post_id == by.post_id and self.state == self.State.SENT_BACK
        return sent_back and not Report.objects.filter(replaces=self.pk).exists()

    def can_be_withdrawn(self, by: Mandate) -> bool:
        """Whether this post may take it back: nobody has confirmed it yet."""
        unread = self.state == self.State.SUBMITTED and not self.reviews.live().exists()
        return unread and self.post_id == by.post_id

    # Verbs

    def confirm(self, *, by: Mandate) -> None:
        """This tier's yes. The last verifying tier's yes verifies, settles and counts in this transaction.

        Where the identity is doubtful the report stays submitted with its Review, held by the deciding tier.
        """
        for attempt in (1, 2):
            try:
                with book.writing():
                    self._confirm(by)
                return
            except IntegrityError as fault:
                # Two confirmations made the same person at once; the second finds the first one's person.
                if attempt == 2:
                    raise Refusal(
                        _("The document needs clarification. Please ask the secretary above you."),
                        code="document_unclear",
                    ) from fault

    def _confirm(self, by: Mandate) -> None:
        mark = self._hold(by)
        following = ladder.next_holder(Tier(self.tier), self.area_id)
        self._review(by, Review.Outcome.CONFIRMED, mark=mark, final=following is None)
        book.record(
            "report.confirmed", by=by, area=self.area_id, subject=self.cause, fields=(mark,) if mark else ()
        )
        if following is not None:
            self._change(tier=following, held_since=timezone.now())
            return
        person = identity.known_person(self) or identity.conclude(self, by=by)
        if person:
            self._verify(person, by=by)

    def send_back(self, *, by: Mandate, reason: str) -> None:
        """Back to the sender with a reason; their answer is a new report that replaces this one."""
        self._end(by, Review.Outcome.SENT_BACK, reason)

    def refuse(self, *, by: Mandate, reason: str) -> None:
        """Not taken, with a reason: it will not be answered or counted."""
        self._end(by, Review.Outcome.REFUSED, reason)

    def withdraw(self, *, by: Mandate) -> None:
        """Taken back by the post that sent it, as long as no tier has confirmed it."""
        with book.writing():
            self._lock()
            if self.post_id != by.post_id:
                raise Refusal(_("Only the post that sent a report can withdraw it."), code="not_sender")
            if self.state != self.State.SUBMITTED or self.reviews.live().exists():
                raise Conflict(_("This report has been reviewed in the meantime."), code="reviewed")
            Waiting.objects.finish(self)
            self._change(state=self.State.WITHDRAWN)
            book.record("report.withdrawn", by=by, area=self.area_id, subject=self.cause)

    def unconfirm(self, *, by: Mandate, reason: str) -> None:
        """The last yes taken back, with its reason, until the month is frozen; its effects are undone."""
        self._needs_reason(reason)
        with book.writing():
            self._lock()
            review = self.last_confirmation
            if review is None or self.state not in (self.State.SUBMITTED, self.State.VERIFIED):
                raise Conflict(_("There is no confirmation to take back."), code="not_confirmed")
            if by.tier is None or by.tier > review.tier or not by.reaches(self.area_id):
                raise Refusal(_("The tier that confirmed takes its confirmation back."), code="not_allowed")
            if Freeze.objects.covers(self.area_id, self.event_on):
                raise Refusal(_("This month is frozen. Report a correction instead."), code="frozen")
            if self.state == self.State.VERIFIED:
                settlement.take_back(self, by=by)
                Waiting.objects.begin(self)
            review.undone_at, review.undone_by, review.undone_reason = timezone.now(), by, reason
            review.save(update_fields=["undone_at", "undone_by", "undone_reason"])
            self._change(state=self.State.SUBMITTED, tier=review.tier, held_since=timezone.now())
            book.record("report.unconfirmed", by=by, area=self.area_id, subject=self.cause,
                        detail={"reason": reason})  # fmt: skip

    def decide_identity(self, *, by: Mandate, person: Person | None) -> None:
        """Who a doubtful report speaks of: `person`, or (None) somebody new. Verifies and counts.

        Across offices the office of the report decides, after the other one agreed (`agree`).
        """
        with book.writing():
            self._lock()
            decided = identity.decide(self, by=by, person=person)
            with one_holder():
                self._verify(decided, by=by)

    def agree(self, *, by: Mandate) -> None:
        """The other office's yes: the office of this report may now decide who it speaks of."""
        with book.writing():
            self._lock()
            identity.agree(self, by=by)

    def undo_identity(self, *, by: Mandate, reason: str) -> None:
        """The identity decision taken back: all is as before it, the report waits with its Review."""
        self._needs_reason(reason)
        with book.writing():
            self._lock()
            identity.check_undoing(self, by=by)
            if Freeze.objects.covers(self.area_id, self.event_on):
                raise Refusal(_("This month is frozen. Report a correction instead."), code="frozen")
            settlement.take_back(self, by=by)
            Waiting.objects.begin(self)
            identity.proposed_anew(self)
            # Where the others live is known again only now: the decision may have moved one of them.
            self._change(state=self.State.SUBMITTED, tier=identity.tier_of(self), held_since=timezone.now())
            book.record(
                "identity.undone", by=by, area=self.area_id, subject=self.cause, detail={"reason": reason}
            )

    def _verify(self, person: Person, *, by: Mandate) -> None:
        Waiting.objects.finish(self)
        self._change(state=self.State.VERIFIED, person=person)
        book.record("report.verified", by=by, area=self.area_id, subject=self.cause)
        settlement.settle(self, person, by=by)

    def _end(self, by: Mandate, outcome: str, reason: str) -> None:
        self._needs_reason(reason)
        with book.writing():
            mark = self._hold(by, above=outcome == Review.Outcome.SENT_BACK)
            self._review(by, outcome, mark=mark, reason=reason)
            Waiting.objects.finish(self)
            self._change(state=outcome)  # the state is named like the review that brought it about
            book.record(
                "report.sent_back" if outcome == Review.Outcome.SENT_BACK else "report.refused",
                by=by, area=self.area_id, subject=self.cause, detail={"reason": reason},
            )  # fmt: skip

    def _review(self, by: Mandate, outcome: str, **more: Any) -> None:
        Review.objects.create(report=self, tier=self.tier, outcome=outcome, mandate=by, **more)

    def _hold(self, by: Mandate, *, above: bool = False) -> str:
        """The standing in which `by` may act on this report now; locks it. Tiers above may send back."""
        self._lock()
        if self.state != self.State.SUBMITTED or self.is_doubtful:
            raise Conflict(_("This report has been reviewed in the meantime."), code="reviewed")
        if by.user_id == self.sender_id:
            raise Refusal(
                _("Nobody confirms what they submitted, under whichever mandate."), code="own_report"
            )
        mark = ladder.standing(self, by)
        over = by.tier is not None and by.tier < self.tier and by.reaches(self.area_id)
        if mark is None and not (above and over):
            raise Refusal(_("Another tier holds this report."), code="not_holder")
        return mark or Review.Mark.NONE

    def _lock(self) -> None:
        """Reads the row afresh and keeps it until the transaction ends."""
        self.refresh_from_db(from_queryset=Report.objects.select_for_update(of=("self",)))

    def _change(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        Report.objects.filter(pk=self.pk).update(**values)

    @staticmethod
    def _needs_reason(reason: str) -> None:
        if not reason.strip():
            raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
