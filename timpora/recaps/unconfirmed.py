"""How many of those counted have had no verified evidence for the office's days (60 unless it set others)."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import Left
from django.utils import timezone

from timpora.areas import clocks
from timpora.areas.codes import NATION, Level, level, parent, under
from timpora.areas.models import Jurisdiction
from timpora.registry.models import Residence
from timpora.registry.models.tally import Facet, figures

UNCONFIRMED_DAYS = 60  # practice; an office sets its own


def local_day(code: str) -> date:
    """The day it is now in an area; for the nation that of Jakarta."""
    return timezone.localdate(timezone=ZoneInfo(clocks.timezone(code)))


def seen_since(codes: tuple[str, ...]) -> int:
    """How many residents of regencies, provinces or the nation have evidence recent enough, from the tallies.

    One sum for each code, mended where an hour or an office differs: provinces that are a day ahead, and
    regencies whose office set other days.
    """
    base = {code: local_day(code) - timedelta(days=UNCONFIRMED_DAYS) for code in codes}
    differing = _differing(codes)
    cuts = base | {code: day for code, (day, _usual) in differing.items()}
    if not cuts:
        return 0
    earliest = min((*cuts.values(), *(usual for _day, usual in differing.values())))
    sums = figures(cuts, (Facet.SEEN,), since=str(earliest))

    def since(code: str, day: date) -> int:
        return sum(number for (area, _facet, key), number in sums.items() if area == code and key >= str(day))

    mended = sum(
        since(code, day) - since(code, usual) for code, (day, usual) in differing.items() if code not in base
    )
    own = sum(since(code, differing[code][0] if code in differing else day) for code, day in base.items())
    return own + mended


def _differing(codes: tuple[str, ...]) -> dict[str, tuple[date, date]]:
    """(its own first day that counts as recent, the day that would else be used for it) by area."""
    usual = timedelta(days=UNCONFIRMED_DAYS)
    differing: dict[str, tuple[date, date]] = {}
    if NATION in codes:
        here = local_day(NATION)
        ahead = {zone for zone in clocks.LABELS if timezone.localdate(timezone=ZoneInfo(zone)) != here}
        differing = {
            code: (local_day(code) - usual, here - usual)
            for code, zone in clocks.ZONES.items()
            if zone in ahead
        }
    for regency, days in _own_days(codes).items():
        differing[regency] = (
            local_day(regency) - timedelta(days=days),
            local_day(parent(regency) or NATION) - usual,
        )
    return differing


def _own_days(codes: tuple[str, ...]) -> dict[str, int]:
    """The days of those regencies whose office set others than usual."""
    set_otherwise = Jurisdiction.objects.live().exclude(office__unconfirmed_days=UNCONFIRMED_DAYS)
    return dict(set_otherwise.filter(under("area", codes)).values_list("area", "office__unconfirmed_days"))


def unconfirmed_plainly(codes: tuple[str, ...]) -> int:
    """The number itself from the source rows: always true, fast for a district, slow for a nation."""
    days = _own_days(tuple(code if level(code) <= Level.REGENCY else code[:5] for code in codes))
    homes = Residence.objects.current().under(*codes).order_by()
    if len(codes) == 1 and level(codes[0]) > Level.REGENCY:
        cut = local_day(codes[0]) - timedelta(days=days.get(codes[0][:5], UNCONFIRMED_DAYS))
        return int(homes.filter(evidenced_on__lt=cut).count())
    rows = homes.values_list(Left("area_id", 5), "evidenced_on").annotate(n=Count("*"))
    cuts: dict[str, date] = {}
    for regency, _day, _n in rows:
        if regency not in cuts:
            cuts[regency] = local_day(regency) - timedelta(days=days.get(regency, UNCONFIRMED_DAYS))
    return sum(n for regency, day, n in rows if day < cuts[regency])
