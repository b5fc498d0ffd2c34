"""Who is told that rows of lists wait to be decided: a notice a post and list, however many rows."""

from __future__ import annotations

from django.db.models import Q

from timpora.areas.codes import ancestors, under
from timpora.areas.models import office_of
from timpora.desk import audience
from timpora.desk.doors import address
from timpora.exchange import deciding, identity
from timpora.exchange.models import Row
from timpora.exchange.models.row import RowQuerySet
from timpora.ledger.models import Entry
from timpora.rooms.models import Notice

Kind = Notice.Kind


def of_list(entry: Entry) -> None:
    """The tiers that decide on the doubtful rows of a list just taken in are told, other offices asked."""
    _ask(entry, Row.objects.filter(batch=_id(entry)))


def of_row(entry: Entry) -> None:
    """A row whose decision was taken back waits again."""
    _ask(entry, Row.objects.filter(pk=_id(entry)))


def agreed(entry: Entry) -> None:
    """After the last office's yes the tier that decides is told."""
    for row in Row.objects.filter(pk=_id(entry)).undecided().select_related("batch"):
        asked = identity.asked_of(row)
        if not asked.missing:
            for post in audience.acting(asked.tier, row.area_id, without=row.batch.sender_id):
                Notice.objects.post_to(post=post, kind=Kind.AGREEMENT_GIVEN, path=_door(), entry=entry.number)


def done(entry: Entry) -> None:
    """Whoever has no row left to decide or to agree to is asked no longer: of those this entry concerns."""
    open_ = Notice.objects.unread().filter(path=_door(), entry__lt=entry.number)
    office = office_of(entry.area)
    here = Q(post__area__in=ancestors(entry.area)) | Q(post__office=office.pk if office else None)
    if not _is_of_row(entry):  # a list's rows may have waited for any tier of its area
        here |= under("post__area", (entry.area,))
    asked = open_.filter(here, kind__in=(Kind.IDENTITY_ASKED, Kind.AGREEMENT_GIVEN))
    for notice in asked.select_related("post__area", "post__office"):
        if not Row.objects.to_decide(notice.post).exists():
            open_.filter(pk=notice.pk).read()
    elsewhere = open_.filter(kind=Kind.AGREEMENT_ASKED, post__office__in=_offices(entry))
    for notice in elsewhere.select_related("post__office"):
        if not Row.objects.to_agree(notice.post).exists():
            open_.filter(pk=notice.pk).read()


def _offices(entry: Entry) -> set[str]:
    """The other offices whose yes the row of an entry takes or took; of a whole list all."""
    if not _is_of_row(entry):
        asked = Notice.objects.unread().filter(path=_door(), post__office__isnull=False)
        return set(asked.values_list("post__office", flat=True))
    rows = Row.objects.filter(pk=_id(entry)).select_related("batch")
    return {office for row in rows for office in identity.asked_of(row, decided=True).offices}


def _ask(entry: Entry, rows: RowQuerySet) -> None:
    """Asks in as many questions as there are places, however many rows."""
    asked = deciding.asked(rows.undecided())
    acting = (audience.acting(tier, area, without=sender) for tier, area, sender in asked.tiers)
    for post in set().union(*acting):
        Notice.objects.post_to(post=post, kind=Kind.IDENTITY_ASKED, path=_door(), entry=entry.number)
    for code in asked.offices:
        for post in audience.office(code):
            Notice.objects.post_to(post=post, kind=Kind.AGREEMENT_ASKED, path=_door(), entry=entry.number)


def _is_of_row(entry: Entry) -> bool:
    return entry.subject.startswith("row:")


def _door() -> str:
    return address("exchange:undecided")


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)
