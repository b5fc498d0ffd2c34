"""Registered persons who may be one and the same: found in one mandate's area, proposed, never merged."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from django.db.models import Count

from timpora.registry import linkage
from timpora.registry.models import Decision, Distinct, Person, PersonKey
from timpora.registry.models.profiles import profiles_of
from timpora.registry.pair import Pair
from timpora.team.models import Mandate

COMPARED = 500  # keys whose persons are compared with each other
ALIKE = 20  # of one key: beyond that it tells nobody apart

Numbers = tuple[int, int]


def proposed(mandate: Mandate, *, limit: int = 50) -> list[tuple[Pair, linkage.Proposal]]:
    """The pairs of persons in a mandate's area whom the matcher proposes as one, the likeliest first.

    Left out are pairs that somebody has told apart. At most `limit`.
    """
    pairs = _pairs(_alike(mandate))
    persons: dict[int, Person] = Person.objects.in_bulk({number for pair in pairs for number in pair})
    profiles = {profile.person_id: profile for profile in profiles_of(persons)}
    register = Person.objects.highest()
    apart = _told_apart(persons)
    found = []
    for one, other in pairs:
        if (one, other) not in apart:
            said = linkage.propose(profiles[one], [profiles[other]], register)
            found += [(Pair.of(persons[one], persons[other]), proposal) for proposal in said]
    found.sort(key=lambda each: (each[1].certainty != "certain", -each[1].name_likeness, each[0].first.pk))
    return found[:limit]


def _alike(mandate: Mandate) -> dict[int, set[int]]:
    """Persons of the area by the keys under which somebody else there is found, too; the keys that fewest
    share first.
    """
    near = Person.objects.visible_to(mandate).order_by()
    here = PersonKey.objects.filter(person__in=near.values("pk"))
    shared = (
        here.values("key").annotate(n=Count("person")).filter(n__gte=2, n__lte=ALIKE).order_by("n", "key")
    )
    keys = [row["key"] for row in shared[:COMPARED]]
    blocks: dict[int, set[int]] = {key: set() for key in keys}
    for key, person in here.filter(key__in=keys).values_list("key", "person"):
        blocks[key].add(person)
    return blocks


def _pairs(blocks: dict[int, set[int]]) -> list[Numbers]:
    """The pairs worth comparing, each once, the lower number first."""
    found = (pair for block in blocks.values() for pair in combinations(sorted(block), 2))
    return list(dict.fromkeys(found))


def _told_apart(persons: Iterable[int]) -> set[Numbers]:
    """The pairs that were told apart: as persons, or when it was decided whom a statement speaks of."""
    numbers = list(persons)
    also = dict(Person.objects.filter(same_as__in=numbers).values_list("pk", "same_as"))
    stands_for = also | {number: number for number in numbers}
    said = set(Distinct.objects.live().filter(first__in=stands_for).values_list("first", "second"))
    others = Decision.objects.live().filter(outcome=Decision.Outcome.OTHER, statement__person__in=numbers)
    said |= set(others.values_list("statement__person", "proposals__person"))
    pairs = {(stands_for.get(one), stands_for.get(other)) for one, other in said}
    return {(min(one, other), max(one, other)) for one, other in pairs if one and other}
