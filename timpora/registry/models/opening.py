from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.registry.models.person import Person

# A reader of counts may see one person for so long (practice; the request itself is the safeguard).
OPEN_FOR = timedelta(hours=24)


class OpeningQuerySet(models.QuerySet["Opening"]):
    def live(self) -> OpeningQuerySet:
        return self.filter(until__gt=timezone.now())

    def request(self, *, by: Mandate, person: Person | None, reason: str) -> Opening:
        """One person of the mandate's area, open to it for 24 hours; the request stands in the ledger.

        `person` is None where no resident of the area has the number that was asked for.
        """
        if not by.sight.one_person:
            raise Refusal(_("Your post does not ask for single persons."), code="not_allowed")
        if len(reason.strip()) < 10:
            raise Refusal(
                _("Please write what the person's data are needed for."),
                field="reason",
                code="reason_missing",
            )
        if person is None:
            raise Refusal(
                _("No resident of your area has this register number."), field="number", code="unknown"
            )
        with book.writing():
            opening: Opening = self.create(person=person, mandate_id=by.pk, until=timezone.now() + OPEN_FOR)
            book.record("person.requested", by=by, area=person.last_area or "", subject=f"person:{person.pk}",
                        detail={"reason": reason.strip()})  # fmt: skip
        return opening


class Opening(models.Model):
    """One person's page, open to one mandate of the province or the nation for a day, on its request."""

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="openings")
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mandate_id", "until"], name="opening_mandate")]

    def __str__(self) -> str:
        return f"person {self.person_id} open to mandate {self.mandate_id}"
