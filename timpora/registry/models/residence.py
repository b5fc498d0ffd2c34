from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry.models.residence_queryset import UNDONE, ResidenceQuerySet
from timpora.registry.models.tally import Change, Facet, shift

if TYPE_CHECKING:
    from timpora.registry.models.person import Person


class Residence(models.Model):
    """Where a person lives: true from `started_on` to `ended_on`, known from `known_from` to `known_until`.

    Both times stand apart (SQL:2011 calls them application time and system time), so that "what held on that
    day, as known then" is one condition. A row is closed by a later knowledge, never rewritten.
    """

    class End(models.TextChoices):
        LEFT = "left", _("left")
        MOVED = "moved", _("moved")
        NOT_FOUND = "not_found", _("not found")
        ARRIVED = "arrived", _("arrived elsewhere")
        DECIDED = "decided", _("by an officer's decision")

    # A person nobody speaks of any more goes; the row stays, so that what was counted then can be told again.
    person = models.ForeignKey(
        "registry.Person", on_delete=models.SET_NULL, null=True, related_name="residences"
    )
    former = models.BigIntegerField(null=True)  # the number of a person who is gone
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="residences", db_index=False)
    address = models.CharField(_("address"), max_length=250, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    evidenced_on = models.DateField()
    known_from = models.DateTimeField(default=timezone.now)
    known_until = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=40, db_index=True)  # plain value: "report:12"
    closing_cause = models.CharField(max_length=60, blank=True, db_index=True)
    # Of a person who is one with others (registry.regrouping): whose it is if they are parted; for whose
    # residence it stands aside; when it was verified first, and seen last, if `known_from` and `evidenced_on`
    # say something else.
    origin = models.ForeignKey("registry.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    against = models.BigIntegerField(null=True)
    first_verified_at = models.DateTimeField(null=True)
    own_evidence_on = models.DateField(null=True)

    objects: ClassVar[Any] = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="residence_one_current",
                fields=["person"],
                condition=Q(known_until__isnull=True, ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="residence_period", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))
            ),
        ]
        # All that a count of any day and moment asks for, so that it never reads the rows themselves.
        indexes = [
            models.Index(
                name="residence_counted",
                fields=["area", "known_until", "ended_on", "evidenced_on", "started_on", "known_from"],
            ),
            models.Index(name="residence_former", fields=["former"], condition=Q(former__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"residence of person {self.person_id} in {self.area_id}"

    @property
    def is_current(self) -> bool:
        return self.known_until is None and self.ended_on is None

    @property
    def verified_at(self) -> datetime:
        """When somebody first verified it, whichever row tells it since."""
        return self.first_verified_at or self.known_from

    @property
    def whose(self) -> Person | None:
        """The person it belongs to when nobody is merged."""
        return self.origin or self.person

    @property
    def holder(self) -> Person | None:
        """The person it belongs to now."""
        whose = self.whose
        return whose.same_as or whose if whose else None

    def finish(self, *, on: date, end: str, cause: str) -> Residence:
        """The residence as ended: the open row is known no longer, a row with its end takes its place."""
        if not self.is_current:
            raise Conflict(_("This residence has already ended."), code="residence_ended")
        if on < self.started_on:
            raise Refusal(
                _("This date lies before the residence began."), field="event_on", code="end_before_start"
            )
        self.forget(cause=cause)
        return self._again(ended_on=on, end=end, cause=cause)

    def forget(self, *, cause: str) -> None:
        """No longer held true, as known from now; voids a residence entered in error from its start.

        Raises Conflict where someone else did so in the meantime.
        """
        until = max(book.moment(), self.known_from)
        believed = Residence.objects.filter(pk=self.pk, known_until__isnull=True)
        if not believed.update(known_until=until, closing_cause=cause):
            raise Conflict(_("This residence has already ended."), code="residence_ended")
        self.uncount(self.person)
        self.known_until, self.closing_cause = until, cause

    def restore(self) -> Residence:
        """The same residence held true again, as known from now."""
        Residence.objects.filter(pk=self.pk).update(closing_cause=f"{UNDONE}{self.closing_cause}")
        return self._again(person=self.holder, origin=self.whose)

    def _again(self, **differing: Any) -> Residence:
        """A new row like this one, known from now and counted."""
        row = self.told_anew(**differing)
        row.count(row.person)
        return row

    def told_anew(self, **differing: Any) -> Residence:
        """A new row like this one, known from now; its caller counts it."""
        alike = ("person", "origin", "area", "address", "started_on", "ended_on", "end", "evidenced_on",
                 "own_evidence_on", "cause")  # fmt: skip
        values = {name: getattr(self, name) for name in alike} | differing
        if values["origin"] == values["person"]:
            values["origin"] = None
        row: Residence = Residence.objects.create(
            **values, first_verified_at=self.verified_at, known_from=book.moment()
        )
        return row

    def describe(self, address: str) -> None:
        """Sets the address within the same area; what was said before stays in its statement."""
        self.address = address
        Residence.objects.filter(pk=self.pk).update(address=address)

    def evidence(self, on: date) -> None:
        """Notes that the person was verified to live here on a day; older evidence changes nothing."""
        if on > self.evidenced_on:
            self._last_seen(on)

    def reassess(self, reported: date | None) -> None:
        """Sets the last evidence to what still speaks for it, after a report was taken back.

        `reported` is the last day a verified report saw the person here; a return says so by being there.
        """
        assert self.person is not None
        returns = self.person.statements.filter(area=self.area_id, source="return")
        answered = returns.aggregate(latest=models.Max("as_of"))["latest"]
        self._last_seen(max(day for day in (self.started_on, reported, answered) if day))

    def _last_seen(self, on: date) -> None:
        row = Residence.objects.filter(pk=self.pk, evidenced_on=self.evidenced_on)
        if on == self.evidenced_on or not row.update(evidenced_on=on):
            return  # someone else has just noted evidence, and the figures with it
        if self.is_current:
            shift(self.area_id, [(Facet.SEEN, str(self.evidenced_on), -1), (Facet.SEEN, str(on), 1)])
        self.evidenced_on = on

    def count(self, person: Person | None) -> None:
        """Adds this residence to the figures of its area."""
        shift(self.area_id, self.facets(person))

    def uncount(self, person: Person | None) -> None:
        """Takes this residence out of the figures of its area."""
        shift(self.area_id, [(facet, key, -number) for facet, key, number in self.facets(person)])

    def recount(self, before: list[Change], person: Person) -> None:
        """Moves the figures from what this residence counted as `before` to what it counts as now."""
        after = self.facets(person)
        gone = [(facet, key, -number) for facet, key, number in before if (facet, key, number) not in after]
        shift(self.area_id, gone + [change for change in after if change not in before])

    def facets(self, person: Person | None) -> list[Change]:
        """What this residence counts as: its months while it is held true, the rest while it is current."""
        counted = [(Facet.MONTH, f"{self.started_on:%Y-%m}", 1)]
        if self.ended_on is not None:
            return [*counted, (Facet.MONTH, f"{self.ended_on:%Y-%m}", -1)]
        counted += [(Facet.PEOPLE, "", 1), (Facet.SEEN, str(self.evidenced_on), 1)]
        if person is not None:
            counted += [(Facet.SEX, person.sex, 1), (Facet.PERMIT, person.permit_kind, 1)]
        if person is not None and person.permit_until:
            counted.append((Facet.UNTIL, person.permit_until, 1))
        return counted
