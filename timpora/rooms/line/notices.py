"""Queues notices for members who want them by WhatsApp: that there is a task or news, never what or about
whom.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from timpora.rooms import digest, line
from timpora.rooms.line import sending, texts
from timpora.rooms.models import Binding, Notice, Outgoing, Preference
from timpora.rooms.models.preference import WHATSAPP
from timpora.team.models import User

NEWS = tuple(kind for kind in Notice.Kind.values if kind.startswith("room_"))


def tell() -> int:
    """How many messages were queued now. Run by the worker every minute."""
    if not line.is_open():
        return 0
    wanting = Preference.objects.by_whatsapp()
    return sum(_tell(preference) for preference in wanting)


def _tell(preference: Preference) -> int:
    """1 when a message was queued; the claim and the message are one transaction, so neither is without the
    other.
    """
    now = digest.local_now(preference)
    if not preference.is_due(now, WHATSAPP):
        return 0
    pending = list(preference.pending(now, WHATSAPP).order_by("pk"))
    binding = Binding.objects.of(preference.user)
    if not pending or binding is None:
        return 0
    kind = Outgoing.Kind.NEWS if all(each.kind in NEWS for each in pending) else Outgoing.Kind.TASK
    with transaction.atomic():
        if not preference.claim(pending[-1].pk, now, WHATSAPP):
            return 0
        Outgoing.objects.create(binding=binding, kind=kind, entry=pending[-1].entry)
    return 1


class Preview(NamedTuple):
    """What a notice would be now: in words or by which template and language, until when, how many are
    left.
    """

    template: str
    language: str
    body: str
    open_until: datetime | None
    left: int
    limit: int


def preview(user: User) -> Preview:
    """What would be sent to a user who switches notices on."""
    binding = Binding.objects.of(user)
    until = binding.open_until if binding else None
    kind = Outgoing.Kind.TASK
    return Preview(
        template="" if until else texts.TEMPLATES[kind].name,
        language=dict(settings.LANGUAGES)[user.language],
        body=texts.in_words(kind, user.language)["text"]["body"],
        open_until=until,
        left=sending.left(),
        limit=sending.limit(),
    )
