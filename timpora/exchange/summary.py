"""The frozen table of a comparison in words: its lists, its parts, its picture, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from timpora.exchange import upset, words
from timpora.exchange.models import Comparison, Gap
from timpora.exchange.reasons import RESIDENCES
from timpora.team.models import Agency


@dataclass(frozen=True)
class Listed:
    """One list as it stood: its name in words, the day, its rows, and the persons they are."""

    name: str
    label: str
    as_of: date
    rows: int
    left: int
    faulty: int
    undecided: int
    size: int
    definition: str

    @property
    def doubled(self) -> int:
        """Rows that speak of a person another row of the list speaks of, too."""
        return max(0, self.rows - self.faulty - self.left - self.size)


@dataclass(frozen=True)
class Part:
    """Those who stand in exactly these lists."""

    names: str
    places: tuple[bool, ...]
    number: int


class Summary:
    """What the minutes say of a comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self.table: dict[str, Any] = comparison.table

    @cached_property
    def lists(self) -> list[Listed]:
        return [_listed(said) for said in self.table["lists"]]

    @property
    def persons(self) -> int:
        return int(self.table["persons"])

    @cached_property
    def everywhere(self) -> int:
        """How many stand in all the lists."""
        whole = list(range(len(self.lists)))
        return next((number for members, number in self.table["parts"] if members == whole), 0)

    @cached_property
    def parts(self) -> list[Part]:
        """Every part, also those that hold nobody."""
        return [
            Part(
                self._together(members), tuple(place in members for place in range(len(self.lists))), number
            )
            for members, number in self.table["parts"]
        ]  # fmt: skip

    @property
    def most(self) -> int:
        return max((part.number for part in self.parts), default=0)

    @cached_property
    def picture(self) -> upset.Picture:
        parts = [(tuple(members), number) for members, number in self.table["parts"]]
        return upset.drawn(parts, [each.label for each in self.lists], [each.size for each in self.lists])

    @cached_property
    def found(self) -> list[tuple[str, str, str, int]]:
        """(difference, reason proposed, owner, number) of the gaps as they were found."""
        names = {agency.pk: agency.short for agency in Agency.objects.all()}
        return [
            (str(Gap.Kind(kind).label), words.reason(reason), names.get(owner) or _("villages"), number)
            for kind, reason, owner, number in self.table["gaps"]
        ]

    @property
    def gaps(self) -> int:
        return sum(number for *_key, number in self.table["gaps"])

    def _together(self, members: list[int]) -> str:
        labels = [self.lists[place].label for place in members]
        if len(members) == len(self.lists):
            return _("in all lists")
        return _("only %(list)s") % {"list": labels[0]} if len(members) == 1 else " + ".join(labels)


def _listed(said: dict[str, Any]) -> Listed:
    residents = said["key"] == RESIDENCES
    name = _("Verified residents") if residents else words.kind(said["kind"])
    return Listed(
        name=name, label=_("Residents") if residents else said["short"],
        as_of=date.fromisoformat(said["as_of"]),
        rows=said["rows"], left=said["left"], faulty=said["faulty"], undecided=said["undecided"],
        size=said["size"],
        definition=_("Whoever lives here by a report that was confirmed.") if residents
        else words.definition(said["kind"]),
    )  # fmt: skip
