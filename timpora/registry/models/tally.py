"""Figures kept ready, where grouping millions of rows would take seconds.

A change adds `Delta` rows in its own transaction: no shared row, so no two offices ever wait for each other.
The worker folds them into `Tally` within two seconds; a reader adds both in one statement, so a figure is
right before, during and after a fold. `recaps.counting.plain` groups the source rows; a property test holds
both equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection, models, transaction
from django.db.models import F, Q, Sum, Value

from timpora.areas.codes import Level, ancestors, level, under
from timpora.areas.models import CodeField
from timpora.prepared import insert

# Any number, the same in every process: one folder at a time on PostgreSQL.
FOLD_LOCK = 0x710A
FOLD_AT_ONCE = 5_000
ROWS_A_STATEMENT = 200  # SQLite takes 32,766 parameters a statement; PostgreSQL's parser likes short ones
ADD = "INSERT INTO registry_tally (area, facet, key, number) VALUES"
TOGETHER = "ON CONFLICT (area, facet, key) DO UPDATE SET number = registry_tally.number + excluded.number"


class Facet(models.TextChoices):
    """What is counted. Dated facets have a day or month as key, the others a code or nothing."""

    PEOPLE = "people"
    WAITING = "waiting"
    SEX = "sex"
    PERMIT = "permit"
    UNTIL = "until"  # key: day the stay permit ends
    SEEN = "seen"  # key: day of the last verified evidence
    MONTH = "month"  # key: month; residences begun less residences ended in it


Key = tuple[str, str, str]  # area, facet, key
Change = tuple[Facet, str, int]

# Kept from the regency up only: below it there would be nearly as many days as residents.
DATED = (Facet.UNTIL, Facet.SEEN, Facet.MONTH)


class Figure(models.Model):
    area = CodeField()
    facet = models.CharField(max_length=8, choices=Facet.choices)
    key = CodeField(max_length=12, blank=True)  # by bytes, so that days and months are ranges
    number = models.IntegerField()

    class Meta:
        abstract = True


class Delta(Figure):
    """A change of a figure where it happened, not folded yet."""

    def __str__(self) -> str:
        return f"{self.area} {self.facet}{self.key} {self.number:+d}"


class Tally(Figure):
    """A figure of an area with all that lies below it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "area", "key"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.area} {self.facet}{self.key} {self.number}"


def shift(area: str, changes: Iterable[Change]) -> None:
    """Notes changes of figures at `area`, in the caller's transaction."""
    if level(area) < Level.REGENCY:
        raise ValueError(f"{area} lies above the regencies: nobody lives there")
    for facet, key, number in changes:
        insert(Delta(area=area, facet=facet, key=key, number=number), keyed=False)


def keepers(area: str, facet: str) -> tuple[str, ...]:
    """The areas whose tally a figure at `area` is part of."""
    above = ancestors(area)
    return above[-(Level.REGENCY + 1) :] if facet in DATED else above


def fold() -> int:
    """How many deltas were added to the tallies now; 0 when there were none or another process folds."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not _alone():
            return 0
        deltas = list(
            Delta.objects.order_by("pk").values_list("pk", "area", "facet", "key", "number")[:FOLD_AT_ONCE]
        )
        sums: Counter[Key] = Counter()
        for _pk, area, facet, key, number in deltas:
            for code in keepers(area, facet):
                sums[code, facet, key] += number
        add(sums)
        for start in range(0, len(deltas), 500):
            Delta.objects.filter(pk__in=[row[0] for row in deltas[start : start + 500]]).delete()
    return len(deltas)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        return bool(cursor.fetchone()[0])


def add(sums: Counter[Key]) -> None:
    """Adds to the tallies, many in one statement; in a fixed order, so that no two writers wait crosswise."""
    rows = [(*key, number) for key, number in sorted(sums.items()) if number]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            part = rows[start : start + ROWS_A_STATEMENT]
            places = ", ".join(["(%s, %s, %s, %s)"] * len(part))
            cursor.execute(" ".join((ADD, places, TOGETHER)), [value for row in part for value in row])


def figures(
    areas: Iterable[str], facets: Iterable[Facet], *, since: str = "", until: str = ""
) -> Counter[Key]:
    """Sums by (area, facet, key), folded or not, in one statement.

    `since` and `until` bound the keys of dated facets, both inclusive; dated facets are known from the
    regencies up.
    """
    wanted = set(areas)
    held = Q(facet__in=[facet.value for facet in facets])
    if since:
        held &= Q(key__gte=since)
    if until:
        held &= Q(key__lte=until)
    columns = ("area", "facet", "key", "sum", "pending")
    folded = Tally.objects.filter(held, area__in=wanted).annotate(sum=F("number"), pending=Value(False))
    waiting = Delta.objects.filter(held, under("area", wanted)).values("area", "facet", "key")
    waiting = waiting.annotate(sum=Sum("number"), pending=Value(True))
    sums: Counter[Key] = Counter()
    for area, facet, key, number, pending in folded.values_list(*columns).union(
        waiting.values_list(*columns), all=True
    ):
        for code in wanted.intersection(keepers(area, facet)) if pending else (area,):
            sums[code, facet, key] += number
    return sums
