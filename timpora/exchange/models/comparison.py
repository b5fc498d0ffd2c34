from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, level, under
from timpora.areas.models import Area
from timpora.exchange import finding, laid_out, reconciling
from timpora.exchange.laid_out import Laid
from timpora.exchange.models.batch import Batch
from timpora.exchange.models.gap import Gap
from timpora.exchange.models.sharing import LISTING
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.models import Mandate
from timpora.team.roles import Role

# Who lays lists beside each other, closes gaps and opens them again.
COMPARING = (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
MOST = 5  # lists beside the residents: with six there are 63 parts, which is all a page can show


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def visible_to(self, mandate: Mandate) -> ComparisonQuerySet:
        """The comparisons of the mandate's area; a contributor's those of its own agency's lists."""
        if mandate.role not in LISTING:
            return self.none()
        mine = self.filter(under("area", mandate.codes))
        if mandate.role != Role.CONTRIBUTOR:
            return mine
        return mine.filter(pk__in=mine.filter(batches__agency=mandate.post.agency_id).values("pk"))

    def after(self, other: Comparison) -> ComparisonQuerySet:
        """The later ones of the same area, newest first."""
        return self.filter(area=other.area_id, pk__gt=other.pk)

    def with_places(self) -> ComparisonQuerySet:
        return self.select_related("area__parent", "mandate__post__area", "mandate__post__office")

    def make(self, *, by: Mandate, area: Area, batches: Iterable[Batch], as_of: date) -> Comparison:
        """The comparison of these lists and the verified residents of a kabupaten or kota as of a day, its
        summary frozen; the gaps it finds are new ones or those found before.

        A list stands with the additions to it. Raises Refusal.
        """
        chosen = list(batches)
        _check(by, area, chosen, as_of)
        with book.writing():
            Area.objects.select_for_update().get(pk=area.pk)  # two at once would find each gap twice
            lists = [laid_out.of_residents(area, as_of), *_lists(area, chosen, as_of)]
            made: Comparison = self.create(area=area, as_of=as_of, mandate=by, at=book.moment())
            made.batches.set(_in_force(area, as_of).filter(_keyed(lists)))
            found = finding.keep(made, lists, today=by.post.today)
            made.table = _table(lists, found)
            self.filter(pk=made.pk).update(table=made.table)
            book.record("comparison.made", by=by, area=area.pk, subject=made.cause)
        return made


class Comparison(models.Model):
    """Lists laid beside each other and beside the verified residents of an area, as of a day.

    `table` is what the minutes of the meeting say, and never changes: {"lists": [{key, kind, agency, short,
    as_of, rows, size, undecided, left, faulty}], "parts": [[places of lists, number]], "gaps": [[kind,
    reason, owner agency, number]], "persons": all of them, each once}.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="comparisons")
    as_of = models.DateField()
    batches = models.ManyToManyField(Batch, related_name="comparisons")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="comparisons")
    at = models.DateTimeField(default=timezone.now)
    table = models.JSONField(default=dict)

    objects: ClassVar[Any] = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"comparison {self.pk}: {self.area_id} {self.as_of}"

    @property
    def cause(self) -> str:
        return f"comparison:{self.pk}"

    def gaps_for(self, mandate: Mandate) -> Any:
        """Its gaps, and those it found to be gone, as far as a mandate sees them."""
        spoken_of = models.Q(found_in=self) | models.Q(gone_in=self)
        return Gap.objects.visible_to(mandate).filter(
            pk__in=Gap.objects.filter(spoken_of).values("pk"), area=self.area_id
        )


def _check(by: Mandate, area: Area, batches: list[Batch], as_of: date) -> None:
    if by.role not in COMPARING or not by.reaches(area.pk):
        raise Refusal(_("The secretary of the area or the immigration office compares lists."),
                      code="not_allowed")  # fmt: skip
    if level(area.pk) != Level.REGENCY:
        raise Refusal(_("Lists speak of a kabupaten or kota: choose one."), field="area", code="area")
    if as_of > by.post.today:
        raise Refusal(_("This day has not come yet."), field="as_of", code="future")
    in_force = set(_in_force(area, as_of).values_list("pk", flat=True))
    if not batches or not {batch.pk for batch in batches} <= in_force:
        raise Refusal(
            _("Choose at least one list that was in force on that day."), field="batches", code="no_lists"
        )
    if len({laid_out.key_of(batch) for batch in batches}) > MOST:
        raise Refusal(_("Choose five lists at most."), field="batches", code="too_many_lists")


def _in_force(area: Area, as_of: date) -> models.QuerySet[Batch]:
    found: models.QuerySet[Batch] = Batch.objects.filter(
        pk__in=Batch.objects.filter(area=area).in_force(on=as_of)
    )
    return found.select_related("agency")


def _lists(area: Area, chosen: list[Batch], as_of: date) -> list[Laid]:
    """Each chosen list once, whole: with all of its kind that were in force."""
    series: dict[str, list[Batch]] = {laid_out.key_of(batch): [] for batch in chosen}
    for batch in _in_force(area, as_of):
        series.get(laid_out.key_of(batch), []).append(batch)
    return [laid_out.of_batches(series[key]) for key in sorted(series)]


def _keyed(lists: list[Laid]) -> models.Q:
    """The batches of these lists."""
    return models.Q(*(models.Q(agency=laid.agency, kind=laid.kind) for laid in lists if laid.agency),
                    _connector=models.Q.OR)  # fmt: skip


def _table(lists: list[Laid], found: list[Gap]) -> dict[str, Any]:
    numbers = reconciling.parts([laid.said for laid in lists])
    gaps = Counter((gap.kind, gap.reason, gap.owner_id or "") for gap in found)
    return {
        "lists": [
            {"key": laid.key, "kind": laid.kind, "agency": laid.agency or "", "short": laid.short,
             "as_of": laid.as_of.isoformat(), "rows": laid.rows, "faulty": laid.faulty,
             "left": len(laid.left), "undecided": laid.undecided, "size": len(laid.said)}
            for laid in lists
        ],
        "parts": [[list(members), number] for members, number in numbers.items()],
        "persons": sum(numbers.values()),
        "gaps": [[*key, number] for key, number in sorted(gaps.items())],
    }  # fmt: skip
