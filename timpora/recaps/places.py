"""What may be counted: the nation, a province, an office, a regency, a district, a village, and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, is_code
from timpora.areas.models import Area, Jurisdiction, Office


class UnknownPlace(LookupError):
    """No area and no office has this code."""


@dataclass(frozen=True)
class Part:
    """One row below a place: `code` is None where several areas stand together, which `inside` then names."""

    code: str | None
    name: str
    codes: tuple[str, ...]
    retired: bool = False
    inside: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Place:
    """What is counted: its code prefixes and its parts, whose codes stand on `tier` (a village's own)."""

    code: str
    name: str
    codes: tuple[str, ...]
    parts: tuple[Part, ...]
    tier: Level
    level: Level | None  # None for an office

    @property
    def is_office(self) -> bool:
        return self.level is None


def place_of(code: str) -> Place:
    """The place a code names: an area, "ID" or an office ("kanim-semarang"). Raises UnknownPlace."""
    if not is_code(code):
        return _office(code)
    found = {area.code: area for area in Area.objects.filter(Q(code=code) | Q(parent=code)).order_by("code")}
    area = found.pop(code, None)
    if area is None:
        raise UnknownPlace(code)
    level = Level(area.level)
    below = tuple(_part(part) for part in found.values())
    if level == Level.PROVINCE:
        below = _by_office(below)
        return Place(code, area.full_name, (code,), below, Level.REGENCY, level)
    return Place(code, area.full_name, (code,), below, Level(min(level + 1, Level.VILLAGE)), level)


def _office(code: str) -> Place:
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise UnknownPlace(code)
    parts = tuple(_part(area) for area in Area.objects.filter(code__in=office.codes).order_by("code"))
    return Place(code, office.name, office.codes, parts, Level.REGENCY, None)


def _part(area: Area) -> Part:
    name = area.full_name if area.level <= Level.REGENCY else area.name
    return Part(area.code, name, (area.code,), retired=area.retired)


def _by_office(regencies: Iterable[Part]) -> tuple[Part, ...]:
    """The regencies of a province under their offices; those without one together in the last row."""
    rest = {part.code: part for part in regencies}
    held: dict[Office, list[str]] = {}
    for row in (
        Jurisdiction.objects.live().filter(area__in=list(rest)).select_related("office").order_by("area")
    ):
        held.setdefault(row.office, []).append(row.area_id)
        del rest[row.area_id]
    parts = [Part(office.code, office.name, tuple(codes)) for office, codes in held.items()]
    parts.sort(key=lambda part: part.name)
    if rest:
        codes = tuple(part.codes[0] for part in rest.values())
        parts.append(Part(None, _("no office yet"), codes, inside=tuple(rest.values())))  # type: ignore[arg-type]
    return tuple(parts)
