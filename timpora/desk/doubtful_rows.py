"""Who is told that rows of lists wait to be decided: a notice a post and list, however many rows."""

from __future__ import annotations

from timpora.desk import audience
from timpora.desk.doors import address
from timpora.exchange import identity
from timpora.exchange.models import Row
from timpora.exchange.models.row import RowQuerySet
from timpora.ledger.models import Entry
from timpora.rooms.models import Notice
from timpora.team.roles import Tier

Kind = Notice.Kind


def of_list(entry: Entry) -> None:
    """The tiers that decide on the doubtful rows of a list just taken in are told, other offices asked."""
    _ask(entry, Row.objects.filter(batch=_id(entry)))


def of_row(entry: Entry) -> None:
    """A row whose decision was taken back waits again."""
    _ask(entry, Row.objects.filter(pk=_id(entry)))


def done(entry: Entry) -> None:
    """Whoever has no row left to decide or to agree to is asked no longer."""
    open_ = Notice.objects.unread().filter(path=_door(), entry__lt=entry.number)
    for notice in open_.filter(kind=Kind.IDENTITY_ASKED).select_related("post__area", "post__office"):
        if not Row.objects.to_decide(notice.post).exists():
            open_.filter(pk=notice.pk).read()
    for notice in open_.filter(kind=Kind.AGREEMENT_ASKED).select_related("post__office"):
        if not Row.objects.to_agree(notice.post).exists():
            open_.filter(pk=notice.pk).read()


def _ask(entry: Entry, rows: RowQuerySet) -> None:
    told: set[tuple[Tier, str]] = set()
    offices: set[str] = set()
    sender = None
    for row in rows.undecided().select_related("batch"):
        asked, sender = identity.asked_of(row), row.batch.sender_id
        told.add((asked.tier, row.area_id))
        offices |= asked.missing
    posts = {post for tier, area in told for post in audience.acting(tier, area, without=sender)}
    for post in posts:
        Notice.objects.post_to(post=post, kind=Kind.IDENTITY_ASKED, path=_door(), entry=entry.number)
    for code in offices:
        for post in audience.office(code):
            Notice.objects.post_to(post=post, kind=Kind.AGREEMENT_ASKED, path=_door(), entry=entry.number)


def _door() -> str:
    return address("exchange:undecided")


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)
