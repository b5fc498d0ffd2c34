from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from timpora import vault
from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.prepared import insert
from timpora.registry.models import Decision, Proposal, Residence, Statement
from timpora.stays.kinds import VISITED

if TYPE_CHECKING:
    from timpora.stays.models.stay import Stay

WHOLE = 10  # characters of a birth date of which all is known


class GuestQuerySet(models.QuerySet["Guest"]):
    def believed(self, known: datetime | None = None) -> GuestQuerySet:
        """Whom stays spoke of, as it was known at a moment (None: now)."""
        if known is None:
            return self.filter(known_until__isnull=True)
        return self.filter(Q(known_until__isnull=True) | Q(known_until__gt=known), known_from__lte=known)

    def under(self, *codes: str) -> GuestQuerySet:
        return self.filter(under("area", codes))

    def visiting(self, on: date | None = None, known: datetime | None = None) -> GuestQuerySet:
        """Those in a hotel or homestay at the end of a day (None: now), as known at a moment (None: now)."""
        here = self.believed(known).filter(stay__lodging__kind__in=VISITED)
        told = Q(stay__known_until__isnull=True)
        there = Q(stay__left_on__isnull=True)
        if on is not None:
            here = here.filter(stay__arrived_on__lte=on)
            there |= Q(stay__left_on__gt=on)
        if known is not None:
            told |= Q(stay__known_until__gt=known)
            there |= Q(stay__left_noted_at__gt=known)
            here = here.filter(stay__known_from__lte=known)
        return here.filter(told, there)

    def homeless(self, on: date | None, known: datetime | None) -> GuestQuerySet:
        """Those who had no current residence anywhere on that day (None: now), as known then."""
        homes = Residence.objects.believed(known)
        homes = homes.filter(ended_on__isnull=True) if on is None else homes.on(on)
        number = OuterRef("person_number")
        found = self.filter(~Exists(homes.filter(person=number)))
        # Who is registered no longer lived there all the same, as far as was known then.
        return found.filter(~Exists(homes.filter(former=number))) if known else found

    def visitors(self, *codes: str, on: date | None = None, known: datetime | None = None) -> GuestQuerySet:
        """The visitors under the codes, each once, where they came last; rules.md section 1."""
        later = Q(stay__arrived_on__gt=OuterRef("stay__arrived_on")) | Q(
            stay__arrived_on=OuterRef("stay__arrived_on"), stay__gt=OuterRef("stay")
        )
        elsewhere = Guest.objects.visiting(on, known).filter(later, who=OuterRef("who"))
        return self.visiting(on, known).under(*codes).filter(~Exists(elsewhere)).homeless(on, known)

    def settle(self, stay: Stay) -> bool:
        """Keeps whom a stay speaks of, as the registry stands today; whether that is somebody else now."""
        now: Guest | None = self.believed().filter(stay=stay).first()
        person = spoken_of(stay, now.person_number if now else None)
        if now and (now.who, now.person_number) == (who(stay.statement, person, stay.cause), person):
            return False
        self.believed().filter(stay=stay).update(known_until=book.moment())
        self.begin(stay, person)
        return True

    def begin(self, stay: Stay, person: int | None) -> None:
        """From now on a stay speaks of this person, or of nobody registered."""
        made = self.model(
            stay=stay, who=who(stay.statement, person, stay.cause), person_number=person,
            area_id=stay.lodging.area_id, known_from=book.moment(),
        )  # fmt: skip
        insert(made, keyed=False)


class Guest(models.Model):
    """Whom a stay speaks of, and from when to when that was known: a figure of the past can be told again."""

    stay = models.ForeignKey("stays.Stay", on_delete=models.CASCADE, related_name="guests")
    # Equal for one human being: a registered person, else a document, else a name with a whole birth date.
    who = models.CharField(max_length=64)
    # A plain number: who is registered no longer was counted all the same while they were.
    person_number = models.BigIntegerField(null=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = GuestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="guest_who", fields=["who"]),
            models.Index(name="guest_area", fields=["area", "known_until"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="guest_one_now", fields=["stay"], condition=Q(known_until__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"guest of stay {self.stay_id}"


def spoken_of(stay: Stay, before: int | None) -> int | None:
    """The register number of the person a stay certainly speaks of. Who was that person `before` stays it as
    long as they are proposed at all: only an officer's decision says otherwise.
    """
    if stay.report is not None and stay.report.person_id is not None:
        return int(stay.report.person_id)
    decision = Decision.objects.live().filter(statement=stay.statement_id, outcome="same").first()
    if decision and decision.person_id:
        return int(decision.person_id)
    open_ = Proposal.objects.undecided().filter(statement=stay.statement_id).order_by("pk")
    known = Q(person=before) | Q(person__also=before)  # also when they were found to be another since
    held = open_.filter(known) if before is not None else open_.none()
    for found in (open_.filter(certainty=Proposal.Certainty.CERTAIN), held):
        for person, same_as in found.values_list("person", "person__same_as")[:1]:
            return int(same_as or person)
    return None


def who(said: Statement, person: int | None, otherwise: str = "") -> str:
    """What is equal for two stays of one human being, as far as their statements tell; else `otherwise`."""
    if person is not None:
        return f"person:{person}"
    if said.document_key:
        return str(said.document_key)
    born = said.values.get("birth_date", "")
    if len(born) == WHOLE:
        return vault.current().key_for("guest", said.values["nationality"], f"{said.name_key}\x1f{born}")
    return otherwise
