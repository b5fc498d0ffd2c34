"""Where persons that are one live: the residence verified first keeps counting, the others stand aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from timpora.ledger import book
from timpora.registry.merging import Home, Layout, Span, laid_out
from timpora.registry.models.person import Person
from timpora.registry.models.residence import Residence
from timpora.registry.models.residence_queryset import UNDONE
from timpora.registry.models.tally import Facet

MERGED = "merger:"  # begins the cause of what merging has closed or made

Figures = Counter[tuple[str, Facet, str]]


def figures(members: Collection[int]) -> Figures:
    """What the residences of these persons count as together."""
    sums: Figures = Counter()
    for row in Residence.objects.believed().filter(person__in=members).select_related("person"):
        for facet, key, number in row.facets(row.person):
            sums[row.area_id, facet, key] += number
    return sums


def standing_aside(members: Collection[int]) -> Any:
    """The residences of these persons that are held true no longer because they were merged."""
    own = Q(origin__in=members) | Q(origin__isnull=True, person__in=members)
    aside = Residence.objects.filter(own, closing_cause__startswith=MERGED)
    return aside.select_related("area", "person__same_as", "origin__same_as")


def lay_out(into: dict[int, set[int]], *, cause: str) -> None:
    """Makes the residences of these persons be what their groups have. The caller moves the figures."""
    members = {number for group in into.values() for number in group}
    head_of = {number: head for head, group in into.items() for number in group}
    believed = list(Residence.objects.believed().filter(person__in=members).select_related("origin"))
    parts = [row for row in believed if row.cause.startswith(MERGED)]
    own = [row for row in believed if not row.cause.startswith(MERGED)]
    aside = list(standing_aside(members))
    by_group: dict[int, list[Residence]] = defaultdict(list)
    for row in own + aside:
        _take_evidence_apart(row, aside)
        by_group[head_of[_whose(row)]].append(row)
    drawings = {head: _drawing(rows, into[head]) for head, rows in by_group.items()}
    _let_parts_go(parts, drawings, by_group, cause)
    # First what ends, then what begins: nobody has two at once.
    for head, rows in by_group.items():
        for row in rows:
            _close(row, head, drawings[head], cause)
    heads = Person.objects.in_bulk(list(into))
    for head, rows in by_group.items():
        _open(rows, heads[head], drawings[head], cause)


def _whose(row: Residence) -> int:
    return int(row.origin_id or row.person_id or 0)


def _drawing(rows: Iterable[Residence], members: set[int]) -> Layout:
    homes = [
        Home(row.pk, _whose(row), row.area_id, row.started_on, row.ended_on, row.verified_at, row.against)
        for row in rows
    ]
    return laid_out(homes, members)


def _close(row: Residence, head: int, drawing: Layout, cause: str) -> None:
    """Ends what the person has no longer, or has not here; notes for whose residence it stands aside."""
    stays = row.pk in drawing.whole and row.person_id == head
    against = drawing.aside.get(row.pk)
    if row.known_until is None and not stays:
        closing = f"{UNDONE}{cause}" if row.pk in drawing.whole else cause
        until = max(book.moment(), row.known_from)
        Residence.objects.filter(pk=row.pk).update(
            known_until=until, closing_cause=closing, against=against, evidenced_on=row.evidenced_on,
            own_evidence_on=None,
        )  # fmt: skip
    elif row.known_until is not None and row.pk in drawing.whole:
        Residence.objects.filter(pk=row.pk).update(closing_cause=f"{UNDONE}{row.closing_cause}", against=None)
    elif row.known_until is not None:
        Residence.objects.filter(pk=row.pk).update(against=against)


def _open(rows: list[Residence], head: Person, drawing: Layout, cause: str) -> None:
    """Begins what the person has now: whole ones that stood elsewhere, and parts of others."""
    by_key = {row.pk: row for row in rows}
    for row in rows:
        if row.pk in drawing.whole:
            seen = _seen_last(row, rows, drawing) if row.pk == drawing.home else row.evidenced_on
            own = row.evidenced_on if seen != row.evidenced_on else None
            if row.known_until is None and row.person_id == head.pk:
                Residence.objects.filter(pk=row.pk).update(evidenced_on=seen, own_evidence_on=own)
            else:
                row.told_anew(person=head, origin=row.whose, evidenced_on=seen, own_evidence_on=own)
    for key, span in drawing.parts:
        _begin_part(by_key[key], head, span, cause)


def _seen_last(home: Residence, rows: Iterable[Residence], drawing: Layout) -> date:
    """The last day on which anybody saw the person there: evidence of one that stands aside for it, too."""
    beside = [row.evidenced_on for row in rows if row.pk in drawing.aside and row.area_id == home.area_id]
    return max([home.evidenced_on, *beside])


def _take_evidence_apart(row: Residence, aside: Iterable[Residence]) -> None:
    """Sets on a home what was its own last evidence, without that of the ones standing aside for it."""
    if row.own_evidence_on is None:
        return
    joined = [
        one.evidenced_on for one in aside
        if one.area_id == row.area_id and one.holder and one.holder.pk == row.person_id
    ]  # fmt: skip
    # What lies after all that was joined has been seen since.
    if row.evidenced_on <= max([row.own_evidence_on, *joined]):
        row.evidenced_on = min(row.own_evidence_on, row.evidenced_on)
    row.own_evidence_on = None


def _begin_part(row: Residence, head: Person, span: Span, cause: str) -> None:
    wanted = {"started_on": span[0], "ended_on": span[1], "area": row.area_id, "person": head}
    standing = Residence.objects.believed().filter(**wanted, cause__startswith=MERGED)
    if not standing.filter(first_verified_at=row.verified_at).exists():
        row.told_anew(
            person=head, origin=row.whose, started_on=span[0], ended_on=span[1],
            end=row.end or Residence.End.DECIDED, own_evidence_on=None, cause=cause,
        )  # fmt: skip


def _let_parts_go(
    parts: Iterable[Residence], drawings: dict[int, Layout], rows: dict[int, list[Residence]], cause: str
) -> None:
    """Ends the parts that merging has made and that are no longer wanted."""
    wanted = {
        (head, row.area_id, span, row.verified_at)
        for head, drawing in drawings.items()
        for key, span in drawing.parts
        for row in rows[head]
        if row.pk == key
    }
    for part in parts:
        assert part.ended_on is not None
        told = (part.person_id, part.area_id, (part.started_on, part.ended_on), part.verified_at)
        if told not in wanted:
            until = max(book.moment(), part.known_from)
            Residence.objects.filter(pk=part.pk).update(known_until=until, closing_cause=f"{UNDONE}{cause}")
