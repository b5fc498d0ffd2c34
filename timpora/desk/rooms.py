"""What rooms follow: a team's seats, a list's readers, and the posts a message speaks to."""

from __future__ import annotations

from timpora.exchange import threads
from timpora.ledger.models import Entry
from timpora.rooms.models import Message, Notice, Reading, Room
from timpora.team.models import Mandate, Team

Kind = Notice.Kind


def team_seated(entry: Entry) -> None:
    """The room of a team is there once the team is, and its audience are the posts seated now."""
    team = Team.objects.select_related("area").filter(pk=_id(entry)).first()
    if team is not None:
        Room.objects.follow(team)


def readers_changed(entry: Entry) -> None:
    """A post was opened, or an office answers for other areas: rooms about lists follow who sees these."""
    threads.follow()


def mentioned(entry: Entry) -> None:
    """A post a message speaks to is told that, and where; not what was said, nor by whom. Whoever had the
    room open has read it by now.
    """
    message = _message(entry)
    if message is None or not message.is_kept:
        return
    read = Reading.objects.filter(thread=message.thread, number__gte=message.number).values("user")
    readers = Mandate.objects.live().filter(user__in=read).values("post")
    for mention in message.mentions.select_related("post").exclude(post__in=readers):
        Notice.objects.post_to(post=mention.post, kind=Kind.MENTIONED, path=message.door, entry=entry.number)


def taken_back(entry: Entry) -> None:
    """Nobody is called to a message that is no longer there."""
    message = _message(entry)
    if message is not None:
        told = Notice.objects.filter(post__in=message.mentions.values("post"))
        told.settle(paths=(message.door,), kinds=(Kind.MENTIONED,), before=entry.number)


def _message(entry: Entry) -> Message | None:
    found: Message | None = Message.objects.select_related("thread").filter(pk=_id(entry)).first()
    return found


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)
