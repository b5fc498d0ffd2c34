"""The gaps that a comparison finds: new ones, and those found before brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from timpora.among import Among
from timpora.areas.codes import under, within, within_any
from timpora.areas.models import Area, office_of
from timpora.exchange import reconciling
from timpora.exchange.due import due_on
from timpora.exchange.laid_out import Laid
from timpora.exchange.models.gap import Gap, GapClosure, pair_of
from timpora.exchange.models.reply import Reply
from timpora.exchange.places import Regencies
from timpora.exchange.reasons import Evidence, propose
from timpora.exchange.reconciling import Difference
from timpora.registry.models import IdentityDocument, Person, Proposal, Residence

if TYPE_CHECKING:
    from timpora.exchange.models.comparison import Comparison

MANY = 500
# What a later comparison says anew of a gap.
RENEWED = ["one", "other", "fields", "reason", "grounds", "owner", "last_found", "gone_in"]


def keep(comparison: Comparison, lists: list[Laid], *, today: date) -> list[Gap]:
    """The gaps of this comparison, kept; of the lists' gaps found before those not found now are marked."""
    known = {(gap.who, gap.kind, gap.lists): gap for gap in Gap.objects.filter(area=comparison.area_id)}
    office = office_of(comparison.area_id)
    clues = Clues(comparison.area, comparison.as_of, lists)
    found = []
    for difference in reconciling.differences([laid.said for laid in lists]):
        gap = _gap(comparison, lists, difference, known)
        evidence = clues.about(difference)
        gap.reason, grounds = propose(evidence)
        gap.grounds = [list(ground) for ground in grounds]
        gap.due_on = gap.due_on or due_on(gap.kind, today, office)
        found.append(gap)
    earlier = [gap for gap in found if gap.pk is not None]
    Gap.objects.bulk_update(earlier, RENEWED, batch_size=MANY)
    Gap.objects.bulk_create((gap for gap in found if gap.pk is None), batch_size=MANY)
    _bind(comparison, lists, found)
    _mark_gone(comparison, lists, known.values(), {gap.pk for gap in found})
    return found


def _gap(comparison: Comparison, lists: list[Laid], difference: Difference, known: Mapping[Any, Gap]) -> Gap:
    one, other = lists[difference.one], lists[difference.other]
    pair = pair_of(difference.kind, one.key, other.key)
    gap = known.get((difference.who, difference.kind, pair)) or Gap(
        area=comparison.area, who=str(difference.who), kind=difference.kind, lists=pair,
        first_found=comparison,
    )  # fmt: skip
    gap.one, gap.other, gap.fields = one.key, other.key, list(difference.fields)
    gap.owner_id = _owner(difference, one, other)
    gap.last_found, gap.gone_in = comparison, None
    return gap


def _owner(difference: Difference, one: Laid, other: Laid) -> str | None:
    """The agency that looks: whose list lacks the person, or speaks of the older day; None: the villages, by
    the questions of their return.
    """
    if difference.kind == reconciling.ONLY_IN:
        return other.agency
    if one.agency is None or other.agency is None:
        return one.agency or other.agency
    return one.agency if one.as_of < other.as_of else other.agency


def _bind(comparison: Comparison, lists: list[Laid], found: list[Gap]) -> None:
    """Each gap with this comparison, and with the rows that speak of its person now."""
    numbers = [gap.pk for gap in found]
    Gap.found_in.through.objects.bulk_create(
        (Gap.found_in.through(gap_id=number, comparison_id=comparison.pk) for number in numbers),
        batch_size=MANY,
    )
    bound = Gap.rows.through
    for start in range(0, len(numbers), MANY):
        bound.objects.filter(gap__in=numbers[start : start + MANY]).delete()
    spoken = ((gap.pk, row) for gap in found for laid in lists for row in laid.of_rows.get(gap.who, ()))
    bound.objects.bulk_create((bound(gap_id=gap, row_id=row) for gap, row in spoken), batch_size=MANY)


def _mark_gone(comparison: Comparison, lists: list[Laid], known: Iterable[Gap], found: set[int]) -> None:
    """Open gaps of lists that were laid out here, not found any more: somebody may close them. So they may
    where the person is registered no longer.
    """
    keys, known = {laid.key for laid in lists}, list(known)
    numbers = {number for gap in known if (number := gap.person_number) is not None}
    registered = set(Person.objects.filter(Among("pk", numbers)).values_list("pk", flat=True))
    closed = set(
        GapClosure.objects.standing().filter(gap__area=comparison.area_id).values_list("gap", flat=True)
    )
    gone = [
        gap.pk
        for gap in known
        if gap.pk not in found | closed
        and ({gap.one, gap.other} <= keys or gap.person_number in numbers - registered)
    ]
    for start in range(0, len(gone), MANY):
        Gap.objects.filter(pk__in=gone[start : start + MANY]).update(gone_in=comparison)


class Clues:
    """What is known beside the lists: who lives elsewhere, who has left, which rows wait to be decided."""

    def __init__(self, area: Area, day: date, lists: list[Laid]) -> None:
        self.area, self.day, self.lists = area, day, lists

    def about(self, difference: Difference) -> Evidence:
        who = str(difference.who)
        one, other = self.lists[difference.one], self.lists[difference.other]
        values: dict[str, str] = {}
        for laid in sorted(self.lists, key=lambda each: each.as_of):
            values |= laid.values.get(who, {})
        issued = [laid.issued[who] for laid in self.lists if laid.kind == "permits" and who in laid.issued]
        return Evidence(
            kind=difference.kind, one=one.side(who), other=other.side(who), on=self.day,
            fields=difference.fields, values=values, issued_on=max(issued, default=None),
            lives_outside=who in self.outside, named_outside=self.places.elsewhere(
                one.values.get(who, {}).get(name, "") for name in ("address", "work_area")
            ),
            has_left=who in other.left or who in self.departed,
            proposed=self.waiting.get((who, "" if who.startswith("row:") else other.key)),
        )  # fmt: skip

    @cached_property
    def places(self) -> Regencies:
        return Regencies(self.area.pk)

    @cached_property
    def _persons(self) -> set[int]:
        whoever = {who for laid in self.lists for who in laid.said if who.startswith("person:")}
        living = self.lists[0].said.keys()
        return {int(who.partition(":")[2]) for who in whoever - living}

    @cached_property
    def outside(self) -> set[str]:
        """Who lives, by a verified report, elsewhere in the area of the same office: what lies outside it,
        nobody here is told.
        """
        office = office_of(self.area.pk)
        codes = office.codes if office else ()
        homes = Residence.objects.believed().on(self.day).filter(Among("person", self._persons))
        return {
            f"person:{person}"
            for person, code in homes.values_list("person", "area")
            if within_any(code, codes) and not within(code, self.area.pk)
        }

    @cached_property
    def departed(self) -> set[str]:
        """Whose last residence here had ended by that day, and of whom a village says that they left."""
        left = Residence.objects.departures().under(self.area.pk)
        left = left.filter(Among("person", self._persons), ended_on__lte=self.day)
        replied = Reply.objects.standing().filter(under("area", (self.area.pk,)), word=Reply.Word.LEFT)
        numbers = {*left.values_list("person", flat=True), *replied.values_list("person_number", flat=True)}
        return {f"person:{number}" for number in numbers}

    @cached_property
    def waiting(self) -> dict[tuple[str, str], dict[str, str]]:
        """How an undecided row compares with whom it may speak of: by the row, and by the person for the list
        that lacks them because the row waits.
        """
        rows = {who: laid.key for laid in self.lists for who in laid.said if who.startswith("row:")}
        held = IdentityDocument.objects.filter(person=OuterRef("person"))
        asked = Proposal.objects.undecided().filter(Among("statement", [int(who[4:]) for who in rows]))
        asked = asked.annotate(holds=Exists(held)).select_related("statement")
        found: dict[tuple[str, str], dict[str, str]] = {}
        for proposal in asked.order_by("pk"):
            grounds = dict(proposal.grounds)
            if proposal.holds and proposal.statement.document_key and grounds.get("document") != "same":
                grounds["document"] = "differs"  # a proposal knows only who holds the very same number
            found.setdefault((f"row:{proposal.statement_id}", ""), grounds)
            found.setdefault((f"person:{proposal.person_id}", rows[f"row:{proposal.statement_id}"]), grounds)
        return found
