"""How much was looked at, post by post and day by day, so that unusual searching is seen by who must see
it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, Q
from django.utils import timezone

from timpora.areas.codes import NATION
from timpora.ledger.models import Entry
from timpora.team.models import Mandate, Post

LOOKING = ("person.searched", "search.by_number", "person.opened", "number.revealed")
DAYS = 30
MICROSECONDS_A_DAY = 86_400_000_000


class Volume(NamedTuple):
    """How often one post looked on one day, and whether that is more than usual."""

    post: str
    day: date
    looks: int


def under(codes: Iterable[str]) -> Q:
    """A condition on the ledger's area, "at or below any of `codes`".

    The ledger knows no areas, so its column has no byte order to rely on; a beginning means the same
    anywhere.
    """
    condition = Q(pk__in=())
    for code in codes:
        if code == NATION:
            return Q()
        condition |= Q(area=code) | Q(area__startswith=f"{code}.")
    return condition


def unusual(mandate: Mandate) -> list[Volume]:
    """The post-days of the last thirty with more looks than the setting UNUSUAL_SEARCHES, most looks
    first.
    """
    since = timezone.now() - timedelta(days=DAYS)
    offset = int((timezone.localtime().utcoffset() or timedelta()).total_seconds()) * 1_000_000
    mine = Entry.objects.filter(under(mandate.codes), action__in=LOOKING, post__isnull=False)
    days = (
        mine.filter(at__gte=int(since.timestamp() * 1_000_000))
        .annotate(day=(F("at") + offset) / MICROSECONDS_A_DAY)
        .values("post", "day")
        .annotate(looks=Count("number"))
        .filter(looks__gt=settings.UNUSUAL_SEARCHES)
        .order_by("-looks")[:20]
    )
    posts = Post.objects.select_related("area", "office").in_bulk([row["post"] for row in days])
    return [Volume(str(posts.get(row["post"], "–")), _date(row["day"]), row["looks"]) for row in days]


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * 86_400, UTC).date()
