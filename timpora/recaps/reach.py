"""Which places a mandate is shown: its own area whole, every tier above it as a total, nothing else."""

from __future__ import annotations

from enum import StrEnum

from timpora.areas.codes import NATION, Level, ancestors, within_any
from timpora.areas.models import Area, office_of
from timpora.recaps.places import Place
from timpora.team.models import Mandate


class Reach(StrEnum):
    """How much of a place a mandate is shown."""

    WHOLE = "whole"
    TOTAL = "total"


def reach(mandate: Mandate, place: Place) -> Reach | None:
    """What a mandate is shown of a place; None where the place does not exist for it."""
    if place.codes and all(mandate.reaches(code) for code in place.codes):
        return Reach.WHOLE
    if place.code == mandate.post.office_id:
        return Reach.WHOLE
    if place.code == NATION or any(within_any(code, place.codes) for code in mandate.codes):
        return Reach.TOTAL
    return None


def own_place(mandate: Mandate) -> str:
    """The code under which a mandate's own figures are counted: its office, or its area."""
    return str(mandate.post.office_id or mandate.post.area_id)


def above(place: Place) -> list[tuple[str, str]]:
    """(code, name) of what lies above a place, the nation first: province, office, regency, district."""
    if place.code == NATION:
        return []
    first = (place.codes or (NATION,))[0]
    line = (NATION, first[:2]) if place.is_office else ancestors(first)[1:]
    steps = [(area.code, area.full_name) for area in Area.objects.filter(code__in=line).order_by("level")]
    if place.level is not None and place.level >= Level.REGENCY:
        office = office_of(first)
        steps[2:2] = [(office.code, office.name)] if office else []
    return steps
