"""Whom the lists name at a village and nobody has reported: what the village is asked about them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, level
from timpora.areas.models import Area
from timpora.exchange import visibility
from timpora.exchange.models import Reply
from timpora.exchange.models.match import MatchQuerySet
from timpora.ledger.refusal import Conflict
from timpora.registry import nations
from timpora.reports.models import Draft
from timpora.team.models import Mandate
from timpora.team.roles import Role, Tier

# What a village is asked with; also where it is a district that answers for a vacant post.
ASKED_WITH = ("names", "nationality", "address")


@dataclass(frozen=True)
class Question:
    """One person a village is asked about: "does … live here?", by name, nationality and address only."""

    person: int
    area: Area
    names: str
    nationality: str
    address: str
    as_of: date

    @property
    def country(self) -> str:
        return nations.name(self.nationality, get_language() or "id") if self.nationality else ""


def questions(mandate: Mandate, area: Area | None = None) -> list[Question]:
    """The open questions of a village (None: of the mandate's own), by name; none for other tiers."""
    village = area or mandate.post.area
    if not _may_answer(mandate) or village is None or level(village.pk) != Level.VILLAGE:
        return []
    if not mandate.reaches(village.pk):
        return []
    asked = Reply.objects.asked(village.pk).select_related("row__statement")
    return sorted(_told(asked, village), key=lambda question: (question.names, question.person))


def places(mandate: Mandate) -> list[tuple[Area, int]]:
    """The villages of a mandate in which somebody is asked about, with how many."""
    if not _may_answer(mandate):
        return []
    numbers = Counter(Reply.objects.asked(*mandate.codes).values_list("area", flat=True))
    villages = Area.objects.filter(level=Level.VILLAGE, pk__in=numbers).live().select_related("parent")
    return [(area, numbers[area.pk]) for area in villages.order_by("code")]


def waiting(mandate: Mandate) -> int:
    """How many persons the villages of a mandate are asked about."""
    return sum(number for _area, number in places(mandate))


def report(question: Question, *, by: Mandate) -> None:
    """They live here: begins an ordinary report with what the list says; the village looks and sends it.

    Raises Conflict over another report that was begun and not sent.
    """
    begun = Draft.objects.of(by)
    said = {"kind": "present", "names": question.names, "nationality": question.nationality,
            "address": question.address}  # fmt: skip
    if by.tier != Tier.VILLAGE:
        said["area"] = f"{question.area.name} ({question.area.pk})"
    if begun and begun.get("names") != question.names:
        raise Conflict(_("A report was begun and not sent. Send it or discard it first."), code="draft")
    if not begun:
        Draft.objects.keep(by=by, values=said)


def _told(asked: MatchQuerySet, village: Area) -> list[Question]:
    told = []
    for match in asked:
        values = visibility.shown(match.row.values, role=Role.VILLAGE, own=False)
        told.append(
            Question(
                person=match.person_number, area=village, as_of=match.as_of,
                **{name: values.get(name, "") for name in ASKED_WITH},
            )
        )  # fmt: skip
    return told


def _may_answer(mandate: Mandate) -> bool:
    return mandate.tier in (Tier.VILLAGE, Tier.DISTRICT)
