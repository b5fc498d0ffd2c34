"""The ledger for those who watch: what was done, by which post, where and when; no values."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from timpora.areas.models import Area
from timpora.desk.acts import ACTS, sentence
from timpora.desk.lookers import posts_of, way
from timpora.desk.volume import DAYS, under, unusual
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.ledger.verify import verify
from timpora.registry.fields import LABELS
from timpora.team.access import MandatedRequest, mandate_required
from timpora.team.models import Mandate, Post
from timpora.team.roles import SIGHT, Role

WATCHERS = tuple(role for role, sight in SIGHT.items() if sight.ledger)
A_PAGE = 50
# Entries that a check on the page reads from the first on (5 s); of more, those since the last sound one.
WHOLE = 500_000


@mandate_required(*WATCHERS)
@require_safe
def entries(request: MandatedRequest) -> HttpResponse:
    """A page of entries, newest first, continued by number; the chain's head; who searched unusually much."""
    asked = request.GET
    rows = _asked(visible_to(request.mandate), asked, request.mandate.post.zone)
    before = asked.get("before", "")
    if before.isdecimal():
        rows = rows.filter(number__lt=int(before[:18]))
    shown = list(rows.order_by("-number")[: A_PAGE + 1])
    head = Entry.objects.order_by("-number").first()
    context = {
        "lines": told(shown[:A_PAGE]),
        "older": shown[A_PAGE - 1].number if len(shown) > A_PAGE else None,
        "head": head,
        "check": last_check(),
        "acts": sorted(((action, str(words)) for action, words in ACTS.items()), key=lambda pair: pair[1]),
        "post": Post.objects.filter(pk=int(asked["post"])).first()
        if asked.get("post", "").isdecimal()
        else None,
        "unusual": unusual(request.mandate) if request.mandate.role == Role.PROTECTION else None,
        "usual": settings.UNUSUAL_SEARCHES,
        "days": DAYS,
    }
    return render(request, "desk/ledger/page.html", context)


@mandate_required(*WATCHERS)
@require_POST
def check(request: MandatedRequest) -> HttpResponse:
    """Checks the chain now; the result is an entry itself."""
    last = last_check()
    number = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    since = last["number"] if last and last["sound"] and number > WHOLE else 0
    verdict = verify(since)
    with book.writing():
        fields = ("sound",) if verdict.sound else ("broken", str(verdict.broken_at))
        book.record("ledger.verified", by=request.mandate, subject=f"entry:{number}", fields=fields)
    if verdict.sound:
        messages.success(
            request, _("%(n)d entries checked: each still says what it said.") % {"n": verdict.entries}
        )
    else:
        messages.error(
            request,
            _("Entry %(n)d does not fit the chain. Tell the chair at once.") % {"n": verdict.broken_at},
        )
    return redirect("desk:ledger")


def visible_to(mandate: Mandate) -> QuerySet[Entry]:
    """The entries of the mandate's area, and those of no area (signing in, the system itself)."""
    rows: QuerySet[Entry] = Entry.objects.filter(under(mandate.codes) | Q(area=""))
    return rows


def told(rows: list[Entry]) -> list[dict[str, Any]]:
    """Entries as sentences: the act, the post, the place; ids and field names, never a value."""
    posts = posts_of(rows)
    places = {area.pk: area.full_name for area in Area.objects.filter(pk__in={row.area for row in rows})}
    return [
        {
            "entry": row, "act": sentence(row.action), "post": posts.get(row.post or 0, ""),
            "place": places.get(row.area, ""), "at": row.moment,
            "fields": way(row) or ", ".join(str(LABELS[f]) for f in row.fields.split(",") if f in LABELS),
        }
        for row in rows
    ]  # fmt: skip


def last_check() -> dict[str, Any] | None:
    """When the chain was last checked on this page, up to which entry, and whether it held."""
    entry = Entry.objects.filter(action="ledger.verified").order_by("-number").first()
    if entry is None:
        return None
    number = entry.subject.rpartition(":")[2]
    return {"at": entry.moment, "number": int(number or 0), "sound": entry.fields == "sound"}


def today_count(mandate: Mandate) -> int:
    """How many entries were written today in the mandate's area."""
    begin, _end = _bounds(mandate.post.today.isoformat(), mandate.post.zone) or (0, 0)
    return visible_to(mandate).filter(at__gte=begin).count()


def _asked(rows: QuerySet[Entry], asked: Any, zone: ZoneInfo) -> QuerySet[Entry]:
    """Narrowed by action, post, subject and day, as far as the query names them."""
    if asked.get("action") in ACTS:
        rows = rows.filter(action=asked["action"])
    if asked.get("post", "").isdecimal():
        rows = rows.filter(post=int(asked["post"][:18]))
    if asked.get("subject"):
        rows = rows.filter(subject=asked["subject"])
    bounds = _bounds(asked.get("day", ""), zone)
    return rows.filter(at__gte=bounds[0], at__lt=bounds[1]) if bounds else rows


def _bounds(day: str, zone: ZoneInfo) -> tuple[int, int] | None:
    """A local day's first and last moment in microseconds; None when `day` is no date."""
    try:
        found = parse_date(day)
    except ValueError:
        return None
    if found is None:
        return None
    begin = timezone.make_aware(datetime.combine(found, time.min), zone)
    return int(begin.timestamp() * 1_000_000), int((begin + timedelta(days=1)).timestamp() * 1_000_000)
