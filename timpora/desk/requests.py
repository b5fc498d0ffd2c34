"""Who is told of what a person asks about their own data."""

from __future__ import annotations

from timpora.desk import audience
from timpora.desk.doors import address
from timpora.ledger.models import Entry
from timpora.registry.models import Request
from timpora.rooms.models import Notice
from timpora.team.roles import Tier

Kind = Notice.Kind


def waits(entry: Entry) -> None:
    """The tier that answers is told; where it is vacant, the next one that acts for it."""
    asked = Request.objects.open().filter(pk=_id(entry)).first()
    if asked is not None:
        for post in audience.acting(Tier(asked.tier), asked.area_id):
            kind, path = Kind.REQUEST_WAITING, _path(entry)
            Notice.objects.post_to(post=post, kind=kind, path=path, entry=entry.number)


def closed(entry: Entry) -> None:
    """Nobody waits for this request any longer."""
    Notice.objects.settle(paths=(_path(entry),), kinds=(Kind.REQUEST_WAITING,), before=entry.number)


def _path(entry: Entry) -> str:
    return address("rights:request", _id(entry)) or f"/requests/{_id(entry)}/"


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)
