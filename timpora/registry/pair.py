"""Two registered persons beside each other: who may say whether they are one, and what was last said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import under
from timpora.ledger.refusal import Conflict, Refusal
from timpora.registry import linkage
from timpora.registry.deciding import Mark, deciding_tier, standing
from timpora.registry.models.person import Person
from timpora.registry.models.profiles import profiles_of
from timpora.registry.regrouping import held_together
from timpora.registry.submitters import submitters_of
from timpora.team.models import Mandate
from timpora.team.roles import Tier


@dataclass(frozen=True)
class Pair:
    """Two persons, the one with the lower register number first."""

    first: Person
    second: Person

    @classmethod
    def of(cls, one: Person, other: Person) -> Pair:
        return cls(*sorted((one, other), key=lambda person: person.pk))

    @property
    def version(self) -> str:
        """What was said last of the two, for the page that shows them to send back."""
        return f"{self.first.newest_statement}.{self.second.newest_statement}"

    @property
    def areas(self) -> tuple[str | None, str | None]:
        """Where each lives, or lived last."""
        return self.first.last_area, self.second.last_area

    @property
    def tier(self) -> Tier | None:
        """The tier that decides over both records."""
        area, home = self.areas
        return deciding_tier(area, home) if area and home else None

    @cached_property
    def submitters(self) -> set[int]:
        """The users who submitted both records: they decide nothing about them."""
        return submitters_of(self.first) & submitters_of(self.second)

    def standing(self, by: Mandate) -> Mark | None:
        """For whom a mandate would say whether they are one; None: not at all. It covers both records."""
        area, home = self.areas
        if self.tier is None or area is None or home is None or not (by.reaches(area) and by.reaches(home)):
            return None
        own = by.user_id in self.submitters
        submitter = by.user_id if own else next(iter(sorted(self.submitters)), 0)
        return standing(by, self.tier, area, home, submitter=submitter)

    def hold(self, by: Mandate, *, reason: str, seen: str) -> tuple[Mark, set[int]]:
        """The mandate's standing, and all who are one with either, kept until the transaction ends.

        Raises Refusal or Conflict for what stands in the way of any word about the two.
        """
        if self.first == self.second:
            raise Refusal(_("This is one and the same register number."), field="number", code="same_number")
        members = lock((self.first.pk, self.second.pk))
        self.first.refresh_from_db()
        self.second.refresh_from_db()
        joined = self.first.same_as_id or self.second.same_as_id
        if joined or seen not in ("", self.version):
            raise Conflict(_("Something new was said of these persons in the meantime."), code="stale")
        mark = self.standing(by)
        if mark is None and by.user_id in self.submitters:
            raise Refusal(_("Nobody decides about what they submitted."), code="own_report")
        if mark is None:
            raise Refusal(_("This is decided by the tier that covers both records."), code="not_allowed")
        needs_reason(reason)
        return mark, members


def lock(numbers: tuple[int, int]) -> set[int]:
    """All persons who are one with any of these, kept until the transaction ends; always in one order."""
    members = held_together(numbers)
    list(Person.objects.select_for_update().filter(pk__in=members).order_by("pk").values_list("pk"))
    return held_together(members)


class Word(Protocol):
    """What was said of a pair (models/merger.py, models/distinct.py), as far as taking it back goes."""

    tier: int
    area_id: Any
    other_area_id: Any
    undone_at: Any
    undone_mandate_id: int | None

    def save(self, *, update_fields: Any) -> None: ...


def over_both(mandate: Mandate) -> Q:
    """The condition that both records of a word lie in the area of a mandate above the village."""
    if not mandate.sight.departed:
        return Q(pk__in=())
    return under("area", mandate.codes) & under("other_area", mandate.codes)


def may_take_back(word: Word, by: Mandate) -> bool:
    """Whether a mandate may take a word back: the tier that decided, or one above it."""
    over = by.tier is not None and by.tier <= word.tier
    return over and by.reaches(word.area_id) and by.reaches(word.other_area_id)


def take_back(word: Word, by: Mandate) -> None:
    """The word is undone from now on; the caller has locked it. Raises Conflict and Refusal."""
    if word.undone_at is not None:
        raise Conflict(_("This has been taken back in the meantime."), code="undone")
    if not may_take_back(word, by):
        raise Refusal(_("The tier that decided takes its decision back."), code="not_allowed")
    word.undone_at, word.undone_mandate_id = timezone.now(), by.pk
    word.save(update_fields=["undone_at", "undone_mandate_id"])


def needs_reason(reason: str) -> None:
    """Raises Refusal where no reason is given."""
    if not reason.strip():
        raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")


def grounds_of(one: Person, other: Person) -> list[list[str]]:
    """How the matcher compares two persons, as [field, outcome] pairs; empty where it sees no likeness."""
    profiles = profiles_of((one.pk, other.pk))  # fewer than two where one was merged in the meantime
    found = linkage.propose(profiles[0], profiles[1:]) if profiles else []
    return [[evidence.field, evidence.outcome] for proposal in found for evidence in proposal.evidence]
