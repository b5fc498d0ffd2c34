"""The questions of two villages about persons that are one: each village asks once, of where they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.registry.models.claim import Claim
from timpora.registry.models.origin import Origin
from timpora.registry.models.person import Person
from timpora.registry.models.residence import Residence
from timpora.registry.models.residence_queryset import UNDONE
from timpora.registry.regrouping.homes import MERGED, standing_aside
from timpora.registry.regrouping.rows import move_of
from timpora.registry.submitters import submitter_of

TABLE = Claim._meta.label_lower


@dataclass(frozen=True)
class Asked:
    """What a village says that asks: since when, at which address, of which person, and who sent it."""

    area: Area
    on: date
    address: str
    person: int
    submitter: int

    def is_asked_by(self, claim: Claim) -> bool:
        """Whether a claim asks just this."""
        return (claim.claimed_on, claim.address) == (self.on, self.address)


def withdraw_parted(by: book.Actor, into: dict[int, set[int]], *, cause: str) -> None:
    """Takes back the questions that merging has raised between persons who are one no longer.

    What was decided on them is undone, too. Raises Conflict where something later rests on that.
    """
    head_of = {number: head for head, group in into.items() for number in group}
    raised = _raised(head_of)
    for origin in Origin.objects.filter(table=TABLE, row__in=[claim.pk for claim in raised]):
        if head_of.get(origin.person) == head_of.get(origin.against or 0):
            continue
        claim = next(one for one in raised if one.pk == origin.row)
        claim.withdraw(by=by, cause=f"{UNDONE}{cause}")
        Origin.objects.filter(pk=origin.pk).update(against=None)


def _raised(members: Iterable[int]) -> list[Claim]:
    """The questions that merging has raised about these persons, answered or not, as far as they stand."""
    found = Claim.objects.filter(person__in=list(members), cause__startswith=MERGED)
    found = found.exclude(outcome=Claim.Outcome.WITHDRAWN).exclude(closing_cause__startswith=UNDONE)
    return list(found.select_related("person", "claimed_in"))


def lay_out(by: book.Actor, into: dict[int, set[int]], *, cause: str) -> None:
    """Opens and closes what the groups ask, and brings every claim to its person."""
    drawings = [_Drawing(head, claims) for head, claims in _by_head(into).items()]
    for drawing in drawings:
        drawing.close(by, cause)
    move_of(Claim._meta.get_field("person"), into)
    for drawing in drawings:
        drawing.open(by, cause, into[drawing.head])


def _by_head(into: dict[int, set[int]]) -> dict[int, list[tuple[int, Claim]]]:
    """Every claim with the person it was raised on, by the head of that person's group."""
    head_of = {number: head for head, group in into.items() for number in group}
    claims = Claim.objects.filter(person__in=head_of).select_related("person", "claimed_in")
    origins = dict(Origin.objects.filter(table=TABLE, person__in=head_of).values_list("row", "person"))
    found: dict[int, list[tuple[int, Claim]]] = {head: [] for head in into}
    for claim in claims.order_by("opened_at", "pk"):
        whose = origins.get(claim.pk, claim.person_id)
        found[head_of[whose]].append((whose, claim))
    return found


class _Drawing:
    """One group's claims: of each village's at most one is open."""

    def __init__(self, head: int, claims: list[tuple[int, Claim]]) -> None:
        self.head, self.claims = head, claims
        homes = Residence.objects.current().filter(person=head).select_related("area", "origin")
        self.home: Residence | None = homes.first()
        own: dict[str, list[tuple[int, Claim]]] = defaultdict(list)
        for whose, claim in claims:
            if not claim.cause.startswith(MERGED) and _asks(claim):
                own[claim.claimed_in_id].append((whose, claim))
        self.own = own
        self.kept = {village: self._kept(village, [claim for _, claim in own[village]]) for village in own}

    def _kept(self, village: str, claims: list[Claim]) -> Claim | None:
        """The one of a village's claims that asks just what there is to ask; None where none does."""
        if self.home is None:
            return claims[0]
        if village == self.home.area_id:
            return None
        return next((claim for claim in claims if claim.counted_in_id == self.home.area_id), None)

    def close(self, by: book.Actor, cause: str) -> None:
        for village, claims in self.own.items():
            for _whose, claim in claims:
                if claim != self.kept[village] and claim.closed_at is None:
                    claim.close(by=by, outcome=Claim.Outcome.MERGED, cause=cause)
        wanted = {asked.area.pk: asked for asked in self._asked(by.user_id)}
        standing = set()
        for _whose, claim in self.claims:
            if not claim.cause.startswith(MERGED) or claim.closed_at is not None:
                continue
            village, asked = claim.claimed_in_id, wanted.get(claim.claimed_in_id)
            fits = asked.is_asked_by(claim) if asked else self.home is None and not self.kept.get(village)
            if fits and village not in standing:
                standing.add(village)
            else:
                claim.withdraw(by=by, cause=f"{UNDONE}{cause}")

    def open(self, by: book.Actor, cause: str, group: set[int]) -> None:
        for claim in filter(None, self.kept.values()):
            claim.refresh_from_db()
            if claim.closed_at is not None:
                claim.reopen(by=by)
        if self.home is None:
            return
        asking = {claim.claimed_in_id for claim in _raised(group)}
        person = Person.objects.get(pk=self.head)
        for asked in self._asked(by.user_id):
            if asked.area.pk in asking:
                continue
            claim = Claim.objects.raise_on(
                by=by, person=person, home=self.home, area=asked.area, on=asked.on, cause=cause,
                submitter=asked.submitter, address=asked.address,
            )  # fmt: skip
            asking.add(asked.area.pk)
            counted = self.home.origin_id or self.head
            Origin.objects.create(table=TABLE, row=claim.pk, person=asked.person, against=counted)

    def _asked(self, merging: int | None) -> list[Asked]:
        """What other villages say that no claim of theirs asks yet: their claims of another home, and the
        residences that stand aside. `merging` is the user who merges.
        """
        if self.home is None:
            return []
        found = [
            Asked(claim.claimed_in, claim.claimed_on, claim.address, whose, claim.submitter_id)
            for village, claims in self.own.items()
            for whose, claim in claims[:1]
            if self.kept[village] is None and village != self.home.area_id
        ]
        known = {asked.area.pk for asked in found} | {v for v, kept in self.kept.items() if kept}
        for row in self._aside():
            if row.area_id != self.home.area_id and row.area_id not in known:
                submitter = submitter_of(row.cause) or merging or 0
                found.append(Asked(row.area, row.started_on, row.address, int(row.whose.pk), submitter))
                known.add(row.area_id)
        return found

    def _aside(self) -> Any:
        rows = standing_aside(self._group()).filter(ended_on__isnull=True, against__isnull=False)
        return sorted(rows, key=lambda row: row.verified_at)

    def _group(self) -> set[int]:
        return {self.head, *Person.objects.filter(same_as=self.head).values_list("pk", flat=True)}


def _asks(claim: Claim) -> bool:
    """Whether it is open, or closed by nothing but a merger."""
    merged = claim.outcome == Claim.Outcome.MERGED and not claim.closing_cause.startswith(UNDONE)
    return claim.closed_at is None or merged
