"""The visitors again, told row by row in plain Python: slow, and with nothing of SQL to be wrong about.

A property test holds it equal to `Guest.objects.visitors`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from timpora.areas.codes import within_any
from timpora.registry.models import Residence
from timpora.stays.models import Guest, Stay


def plain_visitors(codes: Iterable[str], on: date | None = None, known: datetime | None = None) -> list[str]:
    """The area of each visitor under the codes on a day (None: now), as known at a moment (None: now)."""
    inside = tuple(codes)
    last: dict[str, tuple[tuple[date, int], Guest]] = {}
    for guest in Guest.objects.select_related("stay__lodging"):
        stay = guest.stay
        if stay.lodging.is_home or not _held(guest, known) or not _held(stay, known):
            continue
        if not _is_there(stay, on, known):
            continue
        came = (stay.arrived_on, stay.pk)
        if guest.who not in last or came > last[guest.who][0]:
            last[guest.who] = (came, guest)
    residents = _residents(on, known)
    found = (guest for _came, guest in last.values() if guest.person_number not in residents)
    return [guest.area_id for guest in found if within_any(guest.area_id, inside)]


def _held(row: Guest | Stay | Residence, known: datetime | None) -> bool:
    """Whether a row was held true at a moment."""
    if known is None:
        return row.known_until is None
    return row.known_from <= known and (row.known_until is None or row.known_until > known)


def _is_there(stay: Stay, on: date | None, known: datetime | None) -> bool:
    unnoted = known is not None and stay.left_noted_at is not None and stay.left_noted_at > known
    if on is None:
        return stay.left_on is None or unnoted
    return stay.arrived_on <= on and (stay.left_on is None or stay.left_on > on or unnoted)


def _residents(on: date | None, known: datetime | None) -> set[int | None]:
    """The numbers of those who lived anywhere."""
    homes = [home for home in Residence.objects.all() if _held(home, known)]
    if on is None:
        return {home.person_id or home.former for home in homes if home.ended_on is None} - {None}
    here = (home for home in homes if home.started_on <= on and (home.ended_on is None or home.ended_on > on))
    return {home.person_id or home.former for home in here} - {None}
