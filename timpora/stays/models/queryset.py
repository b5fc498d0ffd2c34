"""Which stays: visible, here today, here long; and the verb that takes a guest in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from timpora.areas.codes import under
from timpora.areas.models import office_of
from timpora.ledger import book
from timpora.prepared import insert
from timpora.registry.linkage import Proposal as Match
from timpora.registry.models import Proposal, Statement
from timpora.registry.models.decision import proposed
from timpora.stays import living
from timpora.stays.arrival import Arrival
from timpora.stays.kinds import VISITED
from timpora.stays.models.guest import Guest
from timpora.stays.models.lodging import Lodging
from timpora.stays.models.word import Word
from timpora.stays.testing import Test, Verdict, alike, certainly, in_already, other_content
from timpora.team.models import Mandate
from timpora.team.roles import Role, Tier

if TYPE_CHECKING:
    from timpora.stays.models.stay import Stay

NIGHTS = 30  # practice; an office sets its own


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, mandate: Mandate) -> StayQuerySet:
        """A lodging's own guests; to officers who see persons the guests of their area."""
        if mandate.role == Role.LODGING:
            return self.filter(lodging__post=mandate.post_id)
        return self.filter(under("lodging__area", mandate.codes)) if mandate.sight.persons else self.none()

    def with_all(self) -> StayQuerySet:
        line = "lodging__area__parent__parent__parent__parent"
        return self.select_related(line, "lodging__post__area", "statement", "report", "mandate")

    def believed(self) -> StayQuerySet:
        """Those in the version that holds now."""
        return self.filter(known_until__isnull=True)

    def here(self) -> StayQuerySet:
        """Guests who have come and not left."""
        return self.believed().filter(left_on__isnull=True)

    def long(self, mandate: Mandate) -> StayQuerySet:
        """Visitors who are here for more nights than the office says, and of whom this village, or a district
        for it, has not said anything since.
        """
        if mandate.tier not in (Tier.VILLAGE, Tier.DISTRICT):
            return self.none()
        office = office_of(mandate.post.area_id or "")
        nights = timedelta(days=office.stay_nights if office else NIGHTS)
        since = mandate.post.today - nights
        said = Word.objects.filter(stay=OuterRef("pk"), on__gt=since)
        visiting = Guest.objects.visitors(*mandate.codes).values("stay")
        mine = self.visible_to(mandate).here().filter(arrived_on__lt=since, pk__in=visiting)
        return mine.filter(~Exists(said)).order_by("arrived_on", "pk")

    def like(self, statements: QuerySet[Statement]) -> StayQuerySet:
        """Those that name a document, or bear a name, that these statements do."""
        documents = statements.exclude(document_key="").values("document_key")
        alike = Q(statement__document_key__in=documents) | Q(
            statement__name_key__in=statements.exclude(name_key="").values("name_key")
        )
        return self.believed().filter(alike)

    def of_persons(self, numbers: set[int]) -> StayQuerySet:
        """Those that speak, or may speak, of one of these."""
        spoken = Guest.objects.believed().filter(person_number__in=numbers).values("stay")
        asked = Proposal.objects.filter(person__in=numbers).values("statement")
        return self.believed().filter(Q(pk__in=spoken) | Q(statement__in=asked))

    def look_again(self) -> int:
        """How many of these speak of somebody else now that the registry has changed."""
        return sum(stay.look_again() for stay in self.with_all())

    def propose_anew(self, statement: Statement) -> None:
        Proposal.objects.renew(statement)

    def sent_before(self, lodging: Lodging, arrival: Arrival) -> Stay | None:
        """The stay sent under the same number. Raises Conflict where it said something else."""
        sent: Stay | None = next(iter(self.filter(lodging=lodging, sent_id=arrival.sent_id)), None)
        if sent and sent.content != arrival.digest:
            raise other_content()
        return sent

    # Verbs

    def check_in(self, *, by: Mandate, lodging: Lodging, arrival: Arrival, sending: int) -> Stay:
        """The guest, in from now on; the same sender's id twice gives the same stay. Its caller holds the
        lodging (`lodging.lock`).

        Raises Refusal (content, a guest who is in already), Conflict (same id, other content).
        """
        with book.writing():
            sent = self.sent_before(lodging, arrival)
            if sent is not None:
                return sent
            arrival.check(lodging.today)
            made = self._enter(lodging, by, arrival, sending)
            book.record("stay.checked_in", by=by, area=lodging.area_id, subject=made.cause)
        return made

    def put_in_place(self, before: Stay, *, by: Mandate, arrival: Arrival) -> Stay:
        """Another version of a stay; its check-out, if any, is still to be said."""
        if before.report is not None:
            living.take_back(before.report, by=by)
        return self._enter(
            before.lodging, by, arrival, before.sending_id, replaces=before, first_at=before.first_at
        )

    def _enter(self, lodging: Lodging, by: Mandate, arrival: Arrival, sending: int, **more: Any) -> Stay:
        made: Stay = self.model(
            lodging=lodging, sending_id=sending, sent_id=arrival.sent_id, content=arrival.digest,
            arrived_on=arrival.arrived_on, until=arrival.until, mandate_id=by.pk, **more,
        )  # fmt: skip
        if lodging.is_home:
            made.report = living.arrive(arrival.intake(lodging), by=by)
            made.statement, found = made.report.statement, []
        else:
            made.statement = arrival.statement(by, lodging)
            found = proposed(made.statement)
        self._refuse_inside(made, found)
        if lodging.kind in VISITED:
            insert(made.statement)
            made.statement_id = made.statement.pk
            Proposal.objects.keep(made.statement, found)
        insert(made)
        Guest.objects.begin(made, certainly(found))
        return made

    def _refuse_inside(self, made: Stay, found: list[Match]) -> None:
        """Refuses a guest who is in this house already, on a night that both would be for."""
        if self._inside(made.lodging, alike(made.statement, found), made.arrived_on):
            raise in_already()

    def _inside(self, lodging: Lodging, same: set[str], on: date) -> bool:
        """Whether one of these is in the house on the night after a day."""
        here = self.believed().filter(lodging=lodging, guests__known_until__isnull=True)
        here = here.filter(guests__who__in=same, arrived_on__lte=on)
        return here.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).exists()

    def test(self, arrivals: list[Arrival], *, by: Mandate) -> list[Verdict]:
        """What each of these would become; nothing is kept. Raises Refusal for a closed lodging."""
        return Test(self, Lodging.objects.of(by), by, arrivals).verdicts()
