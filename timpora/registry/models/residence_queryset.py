"""Which residences: current, believed, of a day; and the verbs that begin one and undo a cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.registry.models.person import Person
    from timpora.registry.models.residence import Residence

# Begins the closing cause of a row that an undoing has taken back.
UNDONE = "undo:"


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def current(self) -> ResidenceQuerySet:
        """What the registry holds true now: known, not ended."""
        return self.filter(known_until__isnull=True, ended_on__isnull=True)

    def believed(self, known: datetime | None = None) -> ResidenceQuerySet:
        """Every residence, past ones too, as it was known at a moment (None: now)."""
        if known is None:
            return self.filter(known_until__isnull=True)
        return self.filter(Q(known_until__isnull=True) | Q(known_until__gt=known), known_from__lte=known)

    def on(self, day: date) -> ResidenceQuerySet:
        """Those that held at the end of a day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)

    def under(self, *codes: str) -> ResidenceQuerySet:
        return self.filter(under("area", codes))

    def newest_first(self) -> ResidenceQuerySet:
        return self.order_by("-started_on", "-pk")

    def departures(self) -> ResidenceQuerySet:
        """Those that have ended and were a person's last: where they live now, nobody has said."""
        later = self.model.objects.believed().filter(
            Q(started_on__gt=OuterRef("started_on"))
            | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
            person=OuterRef("person"),
        )
        return self.believed().filter(~Exists(later), ended_on__isnull=False)

    def visible_to(self, mandate: Mandate) -> ResidenceQuerySet:
        return self.under(*mandate.codes) if mandate.sight.persons else self.none()

    def begin(
        self, *, person: Person, area: Area, started_on: date, cause: str, address: str = ""
    ) -> Residence:
        """A current residence, counted from this transaction on. The person must have none.

        It begins no earlier than the last one ended: on no day does anybody count in two places.
        """
        if self.current().filter(person=person).exists():
            raise Conflict(_("This person already has a current residence."), code="has_residence")
        ended = self.believed().filter(person=person).aggregate(last=models.Max("ended_on"))["last"]
        began = max(started_on, ended) if ended else started_on
        residence: Residence = self.create(
            person=person,
            area=area,
            started_on=began,
            evidenced_on=began,
            address=address,
            cause=cause,
            known_from=book.moment(),
        )
        residence.count(person)
        return residence

    def undo(self, cause: str) -> None:
        """Takes back what one cause brought about: its rows are known no longer, those it closed are again.

        Raises Conflict where a later cause has built on it: that one must be undone first.
        """
        begun = list(self.filter(cause=cause).not_undone().select_related("person"))
        if any(row.known_until and row.closing_cause != cause for row in begun):
            raise built_upon()
        for row in begun:
            if row.known_until is None:
                row.forget(cause=f"{UNDONE}{cause}")
        closed = self.filter(closing_cause=cause).exclude(cause=cause)
        for row in closed.select_related("person__same_as", "origin__same_as"):
            if self.believed().filter(person=row.holder).overlapping(row).exists():
                raise built_upon()
            row.restore()
        self.filter(cause=cause, closing_cause=cause).update(closing_cause=f"{UNDONE}{cause}")

    def keep_whose(self, persons: Iterable[int]) -> None:
        """Before these persons go: whose it was, as a plain number."""
        self.filter(person__in=persons).update(former=F("person"))

    def not_undone(self) -> ResidenceQuerySet:
        """Without the rows that an undoing has closed: they are history, nothing rests on them."""
        return self.exclude(closing_cause__startswith=UNDONE)

    def overlapping(self, row: Residence) -> ResidenceQuerySet:
        """Those that share a day with a residence."""
        shared = self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=row.started_on))
        return shared if row.ended_on is None else shared.filter(started_on__lt=row.ended_on)


def built_upon() -> Conflict:
    """The refusal of an undoing that something later rests on."""
    return Conflict(_("Something later rests on this. Undo the later one first."), code="built_upon")
