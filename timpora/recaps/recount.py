"""The tallies rebuilt from the source rows, for when they were loaded in bulk or are doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Left

from timpora.ledger import book
from timpora.registry.models import Residence
from timpora.registry.models.tally import FOLD_LOCK, Delta, Facet, Key, Tally, add, keepers
from timpora.reports.models import Waiting

REGENCY = 5  # characters of a regency's code


class Difference(NamedTuple):
    """A figure that was not what the source rows say."""

    area: str
    facet: str
    key: str
    held: int
    true: int


def recount() -> tuple[int, list[Difference]]:
    """How many figures there are now, and those that differed before. One transaction; others wait for it."""
    with book.writing():
        _alone()
        held, true = _held(), expected()
        differences = [
            Difference(*key, held[key], true[key])
            for key in sorted(held.keys() | true.keys())
            if held[key] != true[key]
        ]
        Delta.objects.all().delete()
        Tally.objects.all().delete()
        add(true)
        book.record("counts.recounted", by=book.SYSTEM, fields=(str(len(differences)),))
    return len(true), differences


def _alone() -> None:
    """Keeps folds and every verb that changes a figure waiting until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLD_LOCK])
            cursor.execute(f"LOCK TABLE {Delta._meta.db_table} IN EXCLUSIVE MODE")


def _held() -> Counter[Key]:
    held: Counter[Key] = Counter()
    for area, facet, key, number in Tally.objects.values_list("area", "facet", "key", "number").iterator():
        held[area, facet, key] += number
    for area, facet, key, number in Delta.objects.values_list("area", "facet", "key", "number").iterator():
        for code in keepers(area, facet):
            held[code, facet, key] += number
    return held


def expected() -> Counter[Key]:
    """Every figure that the source rows give; none of them zero."""
    sums: Counter[Key] = Counter()
    for facet, rows in _sources():
        for area, key, number in rows:
            for code in keepers(area, facet):
                sums[code, facet, key] += number
    return Counter({key: number for key, number in sums.items() if number})


def _sources() -> Iterator[tuple[Facet, Iterable[tuple[str, str, int]]]]:
    """(facet, rows of (area, key, number)) for every facet that residences and waiting reports give."""
    current = Residence.objects.current().order_by()
    known = current.filter(person__isnull=False)
    believed = Residence.objects.believed().order_by()
    regency = Left("area_id", REGENCY)
    yield Facet.PEOPLE, ((area, "", n) for area, n in _grouped(current, "area_id"))
    yield (
        Facet.WAITING,
        ((area, "", n) for area, n in _grouped(Waiting.objects.known().order_by(), "area_id")),
    )
    yield Facet.SEX, _grouped(known, "area_id", "person__sex")
    yield Facet.PERMIT, _grouped(known, "area_id", "person__permit_kind")
    yield Facet.UNTIL, _grouped(known.filter(person__permit_until__gt=""), regency, "person__permit_until")
    yield Facet.SEEN, ((area, str(day), n) for area, day, n in _grouped(current, regency, "evidenced_on"))
    yield Facet.MONTH, ((area, _month(day), n) for area, day, n in _grouped(believed, regency, "started_on"))
    ended = believed.filter(ended_on__isnull=False)
    yield Facet.MONTH, ((area, _month(day), -n) for area, day, n in _grouped(ended, regency, "ended_on"))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _grouped(rows: Any, *columns: Any) -> Iterable[Any]:
    grouped: Iterable[Any] = rows.values_list(*columns).annotate(n=Count("*")).iterator()
    return grouped
