"""Takes a delivery of the provider's in: every message kept once before the answer, states noted, nothing
lost.

What somebody wrote is read as a word here and goes no further; who wrote it is sealed until that word is
worked off.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from timpora import vault
from timpora.inbound.line import tasks
from timpora.rooms.line import payload, words
from timpora.rooms.line.payload import Message
from timpora.rooms.models import Incoming, LineCount, Outgoing
from timpora.rooms.models.incoming import Word, key_of


def receive(body: Any) -> int:
    """How many messages of a delivery, whose signature was verified, had not come before."""
    parts = payload.split(body, settings.WHATSAPP_PHONE_ID)
    rows = [_row(message) for message in parts.messages]
    with transaction.atomic():
        new: int = Incoming.objects.keep(rows)
        for status in parts.statuses:
            Outgoing.objects.note(status)
        LineCount.objects.add(LineCount.What.UNREAD, parts.unread)
        LineCount.objects.add(LineCount.What.REPEATED, len(rows) - new)
        if new:
            tasks.work_off.enqueue()
    return new


def _row(message: Message) -> Incoming:
    """What is kept of a message. A clock that is ahead of ours must not keep a window open for longer."""
    now, asked = timezone.now(), words.said(message)
    ignored = asked.word == Word.IGNORED
    return Incoming(
        key=key_of(message.id),
        word=asked.word,
        argument=asked.argument,
        sender="" if ignored else vault.current().seal(message.sender, "line"),
        sent_at=min(message.at or now, now),
        received_at=now,
        worked_at=now if ignored else None,
    )
