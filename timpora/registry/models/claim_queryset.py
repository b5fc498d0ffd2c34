"""Which claims: open, visible, waiting for a mandate; and the verbs that open claims and let them follow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from timpora.areas.codes import under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.registry.models.agreement import Agreement
from timpora.registry.models.residence import Residence
from timpora.registry.seats import Seats, village_holders
from timpora.team.models import Mandate
from timpora.team.roles import Tier

if TYPE_CHECKING:
    from timpora.registry.models.claim import Claim
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
        """Open claims this mandate is to answer (its area counts the person), decide, or agree to.

        Those that its holder's own report has opened wait for somebody else.
        """
        if mandate.tier is None:
            return self.none()
        mine = self.open().visible_to(mandate).exclude(submitter_id=mandate.user_id)
        if mandate.tier == Tier.VILLAGE:
            return mine.unanswered()
        waiting = mine._for_decision(mandate)
        if mandate.tier == Tier.DISTRICT:
            vacant = ~Exists(village_holders(OuterRef("counted_in"), without=OuterRef("submitter_id")))
            unanswered = mine.unanswered().filter(vacant, under("counted_in", mandate.codes))
            waiting |= Q(pk__in=unanswered.values("pk"))
        if mandate.tier == Tier.OFFICE:
            agreed = Agreement.objects.filter(claim=OuterRef("pk"), office=mandate.post.office_id)
            ours, elsewhere = under("counted_in", mandate.codes), ~under("claimed_in", mandate.codes)
            waiting |= Q(ours, elsewhere, ~Exists(agreed), tier=Tier.OFFICE)
        return mine.filter(waiting)

    def _for_decision(self, mandate: Mandate) -> Q:
        """Those that the mandate's tier decides, or that fall to it from tiers where nobody else sits."""
        tier = Tier(mandate.tier or Tier.VILLAGE)
        ours, seats = self.filter(under("claimed_in", mandate.codes)), Seats(mandate.codes)
        below = ours.filter(tier__gt=tier).values_list("pk", "tier", "claimed_in", "submitter_id")
        fallen = [
            pk for pk, held_at, area, submitter in below
            if seats.fall_to(tier, Tier(held_at), area, without=submitter)
        ]  # fmt: skip
        return Q(pk__in=fallen) | Q(under("claimed_in", mandate.codes), tier=tier)

    def unanswered(self) -> ClaimQuerySet:
        """Those whose counting village still counts the person and has not said whether they live there."""
        home = Residence.objects.current().filter(person=OuterRef("person"), area=OuterRef("counted_in"))
        return self.filter(Exists(home), answer="")

    # Verbs

    def raise_on(self, *, by: book.Actor, person: Person, home: Residence, area: Area, on: date, cause: str,
                 submitter: int, address: str = "") -> Claim:  # fmt: skip
        """An open claim: another village verified the person present, too. Nobody moves.

        `submitter` is the user who sent that village's word. Where the two villages' claim is open already,
        the new evidence belongs to it.
        """
        standing: Claim | None = self.open().filter(person=person, claimed_in=area).first()
        if standing:
            return standing
        claim: Claim = self.model(
            person=person, claimed_in=area, claimed_on=on, address=address, cause=cause,
            submitter_id=submitter,
        )  # fmt: skip
        claim.ask(home.area)
        claim.save(force_insert=True)
        book.record("claim.opened", by=by, area=home.area_id, subject=f"claim:{claim.pk}")
        person.settle()
        return claim

    def close_on_arrival(self, *, by: book.Actor, person: Person, cause: str) -> None:
        """Closes the person's open claims: a later arrival has settled where they live."""
        for claim in self.open().filter(person=person):
            claim.close(by=by, outcome=self.model.Outcome.ARRIVED, cause=cause)

    def follow(self, *, by: book.Actor, person: Person, cause: str) -> None:
        """Lets the person's open claims stand against where they are counted now, after `cause` moved them.

        One from that very village is settled by it. While the person is counted nowhere, all wait.
        """
        home = person.residences.current().select_related("area").first()
        if home is None:
            return
        for claim in self.open().filter(person=person).exclude(counted_in=home.area_id):
            if claim.claimed_in_id == home.area_id:
                claim.close(by=by, outcome=self.model.Outcome.MOVED, cause=cause)
            else:
                claim.pass_on(by=by, to=home.area)

    def reopen(self, *, by: book.Actor, cause: str) -> None:
        """Opens again what `cause` closed and was taken back for; not where the village has claimed anew."""
        for claim in self.filter(closing_cause=cause).select_related("person"):
            if not self.open().filter(person=claim.person_id, claimed_in=claim.claimed_in_id).exists():
                claim.reopen(by=by)
