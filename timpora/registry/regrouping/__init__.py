"""Persons brought together and parted: every row that names one stands where the live mergers put it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q

from timpora.ledger import book
from timpora.registry.merging import groups
from timpora.registry.models.claim import Claim
from timpora.registry.models.person import Person
from timpora.registry.models.residence import Residence
from timpora.registry.models.residence_queryset import built_upon
from timpora.registry.models.tally import shift
from timpora.registry.regrouping import claims, homes, rows

Groups = dict[int, set[int]]  # the persons that are one, by the number that stands for them


def grouped(numbers: Iterable[int], pairs: Iterable[tuple[int, int]]) -> Groups:
    """All persons that hang together with any of the numbers, group by group, as the pairs join them."""
    lowest = groups(pairs)
    found: Groups = defaultdict(set)
    for number in {*numbers, *lowest}:
        found[lowest.get(number, number)].add(number)
    return dict(found)


def held_together(numbers: Iterable[int]) -> set[int]:
    """These persons with all who are one with any of them."""
    asked = Person.objects.filter(pk__in=set(numbers))
    heads = {same or pk for pk, same in asked.values_list("pk", "same_as")}
    return set(Person.objects.filter(Q(pk__in=heads) | Q(same_as__in=heads)).values_list("pk", flat=True))


def redraw(by: book.Actor, into: Groups, *, cause: str) -> None:
    """Puts everything of these persons where the groups want it; the caller holds the persons locked.

    `cause` is "merger:<id>". Raises Conflict where a later verb rests on what must be undone.
    """
    try:
        with transaction.atomic():
            _redraw(by, into, cause)
    except IntegrityError as fault:
        # A document that was given for the one since is the other's, too: that word rests on the merger.
        raise built_upon() from fault


def _redraw(by: book.Actor, into: Groups, cause: str) -> None:
    members = {number for group in into.values() for number in group}
    children = list(Person.objects.filter(family_links__parent__in=members).exclude(pk__in=members))
    claims.withdraw_parted(by, into, cause=cause)
    before = homes.figures(members)
    homes.lay_out(into, cause=cause)
    rows.move(into)
    _name_heads(into)
    after = homes.figures(members)
    for area, facet, key in before.keys() | after.keys():
        if number := after[area, facet, key] - before[area, facet, key]:
            shift(area, [(facet, key, number)])
    claims.lay_out(by, into, cause=cause)
    _settle(into)
    for child in children:
        child.settle()
    rows.propose_anew(members)
    for head in Person.objects.filter(pk__in=list(into)).order_by("pk"):
        Claim.objects.follow(by=by, person=head, cause=cause)


def _name_heads(into: Groups) -> None:
    for head, group in into.items():
        Person.objects.filter(pk__in=group).exclude(pk=head).update(same_as=head)
        Person.objects.filter(pk=head).update(same_as=None)


def _settle(into: Groups) -> None:
    """Draws every conclusion anew; whoever nobody speaks of any more, and is one with nobody, goes."""
    for number in sorted(number for group in into.values() for number in group):
        Person.objects.get(pk=number).settle()
    gone = Person.objects.filter(pk__in=list(into), statements__isnull=True)
    Residence.objects.keep_whose(gone.values_list("pk", flat=True))
    gone.delete()
