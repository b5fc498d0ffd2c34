from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import office_of
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.receipt import receipt
from timpora.registry.asked import Asked
from timpora.registry.models import Person, Statement
from timpora.reports.models import Report
from timpora.stays import living
from timpora.stays.arrival import Arrival
from timpora.stays.models.guest import Guest
from timpora.stays.models.lodging import Lodging
from timpora.stays.models.queryset import StayQuerySet
from timpora.team.models import Mandate

CORRECTION_DAYS = 15  # practice (eVisitor); an office sets its own


class Stay(models.Model):
    """One guest in one lodging: from `arrived_on` to `left_on`, known from `known_from` to `known_until`.

    A correction closes the row and puts another in its place, so that what stood there before stays readable.
    """

    lodging = models.ForeignKey(Lodging, on_delete=models.PROTECT, related_name="stays")
    sending = models.ForeignKey("stays.Sending", on_delete=models.PROTECT, related_name="all_stays")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="stays")
    # Where people live a check-in is this report; the stay only shows it to the host.
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, related_name="stay")
    sent_id = models.UUIDField()  # the sender's own id
    content = models.CharField(max_length=64)
    arrived_on = models.DateField()
    until = models.DateField(null=True, blank=True)  # expected
    left_on = models.DateField(null=True, blank=True)
    left_noted_at = models.DateTimeField(null=True, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField(default=book.moment)
    known_until = models.DateTimeField(null=True, blank=True)
    voided = models.BooleanField(default=False)  # closed as entered in error, with nothing in its place
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    first_at = models.DateTimeField(default=book.moment)  # when the first of its versions was entered

    objects: ClassVar[Any] = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="stay_sent_once", fields=["lodging", "sent_id"]),
            models.CheckConstraint(
                name="stay_period", condition=Q(left_on__isnull=True) | Q(left_on__gte=F("arrived_on"))
            ),
        ]
        indexes = [models.Index(name="stay_here", fields=["lodging", "known_until", "left_on"])]

    def __str__(self) -> str:
        return self.receipt

    @property
    def cause(self) -> str:
        return f"stay:{self.pk}"

    @property
    def receipt(self) -> str:
        """The number under which a host finds it again; no personal data."""
        return receipt("T", self.first_at, self.pk)

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.statement.values)

    @property
    def name(self) -> str:
        return str(self.values.get("names", ""))

    @property
    def is_known(self) -> bool:
        """Whether this is the version that holds now."""
        return self.known_until is None

    @property
    def is_here(self) -> bool:
        return self.is_known and self.left_on is None

    @property
    def nights(self) -> int:
        """Nights so far, or in all."""
        return ((self.left_on or self.lodging.today) - self.arrived_on).days

    @property
    def correctable_until(self) -> date:
        """The last day on which the host may set it right, from the entry or the check-out on."""
        office = office_of(self.lodging.area_id)
        days = office.correction_days if office else CORRECTION_DAYS
        last: datetime = max(self.first_at, self.left_noted_at or self.first_at)
        return last.astimezone(self.lodging.post.zone).date() + timedelta(days=days)

    @property
    def is_correctable(self) -> bool:
        return self.is_known and self.lodging.today <= self.correctable_until

    # Verbs

    def check_out(self, *, by: Mandate, on: date) -> None:
        """The guest left on a day. The same day said twice changes nothing; where people live it is a report.

        Raises Refusal for a day before the check-in or one to come, Conflict for another day.
        """
        with book.writing():
            self._hold(by)
            if self.left_on == on:
                return
            if self.left_on is not None:
                raise Conflict(
                    _("This guest was checked out already, on another day. Correct it there."),
                    field="left_on", code="left_already",
                )  # fmt: skip
            self._leave(by, on)

    def end_as_told(self, *, by: Mandate, on: date) -> None:
        """An agency's list says that the guest left on a day; whoever said so before is believed."""
        with book.writing():
            self._lock()
            if self.is_here:
                self._leave(by, on)

    def correct(self, *, by: Mandate, arrival: Arrival, left_on: date | None = None) -> Stay:
        """The version that takes the place of this one; the same correction sent twice gives it again.

        Raises Refusal after the days of correction and for content, Conflict where another came between.
        """
        with book.writing():
            sent = Stay.objects.sent_before(self.lodging, arrival)
            if sent is not None:
                return sent
            self._hold(by)
            self._check_window()
            arrival.check(self.lodging.today)
            self._change(known_until=book.moment())
            made = Stay.objects.put_in_place(self, by=by, arrival=arrival)
            made._leave_as(self, left_on)
            fields = [name for name in arrival.values if arrival.values[name] != self.values.get(name)]
            book.record("stay.corrected", by=by, area=self.lodging.area_id, subject=made.cause,
                        fields=(self.cause, *sorted(fields)))  # fmt: skip
        return made

    def void(self, *, by: Mandate, reason: str) -> None:
        """Entered in error: no guest from its first day on, as known from now. Raises Refusal."""
        if not reason.strip():
            raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
        with book.writing():
            self._hold(by)
            self._check_window()
            if self.report is not None:
                living.take_back(self.report, by=by)
            self._change(known_until=book.moment(), voided=True)
            book.record("stay.voided", by=by, area=self.lodging.area_id, subject=self.cause,
                        detail={"reason": reason})  # fmt: skip

    def decide(self, *, by: Mandate, person: Person | None) -> None:
        """An officer's word whom the guest is: one of those proposed, or (None) none of them."""
        with book.writing():
            self._lock()
            decision = Asked(self.statement_id, self.lodging.area_id, self.mandate.user_id).decide(
                by=by, person=person
            )
            Guest.objects.settle(self)
            book.record("stay.decided", by=by, area=self.lodging.area_id, subject=self.cause,
                        fields=(decision.outcome,))  # fmt: skip

    def look_again(self) -> bool:
        """Whether it speaks of somebody else now that the registry has changed."""
        with book.writing():
            if self.report_id is None:
                Stay.objects.propose_anew(self.statement)
            return Guest.objects.settle(self)

    def _leave(self, by: Mandate, on: date) -> None:
        self._check_leaving(on)
        self._change(left_on=on, left_noted_at=book.moment())
        if self.report is not None:
            living.leave(self.report, by=by, on=on)
        book.record("stay.checked_out", by=by, area=self.lodging.area_id, subject=self.cause)

    def _leave_as(self, before: Stay, left_on: date | None) -> None:
        """The check-out of the version before, or another day."""
        if left_on is None:
            return
        self._check_leaving(left_on)
        noted = before.left_noted_at if left_on == before.left_on else book.moment()
        self._change(left_on=left_on, left_noted_at=noted)

    def _check_leaving(self, on: date) -> None:
        if on < self.arrived_on:
            raise Refusal(
                _("The check-out lies before the check-in. Look at both days again."), field="left_on",
                code="left_before_arrival",
            )  # fmt: skip
        if on > self.lodging.today:
            raise Refusal(_("This day has not come yet."), field="left_on", code="future")

    def _check_window(self) -> None:
        if not self.is_correctable:
            raise Refusal(
                _("The days in which an entry may be set right are over. Tell the kecamatan what is wrong."),
                code="too_late",
            )

    def _hold(self, by: Mandate) -> None:
        """Reads the row afresh and keeps it until the transaction ends. Raises for a post that is neither the
        host's nor brought it with a list.
        """
        self._lock()
        if by.post_id not in (self.lodging.post_id, self.mandate.post_id):
            raise Refusal(_("Only the lodging itself changes what it entered."), code="not_own")
        self.lodging.check_open()
        if not self.is_known:
            raise Conflict(
                _("This entry has been corrected or taken back in the meantime."), code="superseded"
            )

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Stay.objects.with_all().select_for_update(of=("self",)))

    def _change(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        Stay.objects.filter(pk=self.pk).update(**values)
