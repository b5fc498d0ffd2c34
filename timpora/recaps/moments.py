"""The day and the moment somebody asks a count for, as typed: `on` a day, `known` a moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NoReturn
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from timpora.areas import clocks
from timpora.areas.codes import NATION
from timpora.ledger.refusal import Refusal
from timpora.recaps.places import Place
from timpora.recaps.unconfirmed import local_day

EARLIEST = date(1945, 8, 17)  # no Indonesian office has figures of an earlier day


def latest_day(place: Place) -> date:
    """The latest day it is anywhere in a place: in the nation that of Papua."""
    if place.code == NATION:
        return max(timezone.localdate(timezone=ZoneInfo(zone)) for zone in clocks.LABELS)
    return max(local_day(code) for code in place.codes or (NATION,))


def zone_of(place: Place) -> ZoneInfo:
    """The clock by which moments of a place are read and shown."""
    return ZoneInfo(clocks.timezone((*place.codes, NATION)[0]))


def day(text: str, place: Place) -> date | None:
    """The day of "2026-10-31"; None for an empty text. Raises Refusal for what is no day, or none yet."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            _("Write the day as year-month-day, such as 2026-10-31."), field="on", code="no_day"
        ) from None
    if found > latest_day(place):
        raise Refusal(_("This day has not come yet."), field="on", code="future_day")
    return found if found >= EARLIEST else _too_early("on")


def moment(text: str, place: Place) -> datetime | None:
    """The moment of "2026-11-05T16:00", in the place's own time unless it names its offset; None when empty.

    A bare day is its 24:00, or now where that has not come. Raises Refusal as `day` does.
    """
    text = text.strip()
    if not text:
        return None
    try:
        found = parse_datetime(text)
        bare = None if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        found = bare = None
    if (bare or (found and found.date()) or EARLIEST) < EARLIEST:
        _too_early("known")
    if bare is not None:
        found = datetime.combine(bare + timedelta(days=1), time(), zone_of(place))
        return min(found, timezone.now()) if bare <= latest_day(place) else _not_yet()
    if found is None:
        raise Refusal(
            _("Write the moment as day and time, such as 2026-11-05T16:00."), field="known", code="no_moment"
        )
    found = found if timezone.is_aware(found) else found.replace(tzinfo=zone_of(place))
    return found if found <= timezone.now() else _not_yet()


def _too_early(field: str) -> NoReturn:
    raise Refusal(_("No figures are kept of a day so long ago."), field=field, code="too_early")


def _not_yet() -> NoReturn:
    raise Refusal(_("This moment has not come yet."), field="known", code="future_moment")
