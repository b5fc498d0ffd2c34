"""Sends what is queued: claimed first, tried again where that may help, never faster than the provider
allows.

A worker that is killed between sending and noting it leaves a claim. The provider tells each message's
delivery state with the tracker we gave along, so after some minutes it is known which of the claimed ones
never went out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from timpora.rooms import line
from timpora.rooms.line import texts
from timpora.rooms.line.failures import QUOTA, Failure, Verdict
from timpora.rooms.models import LineNumber, Notice, Outgoing
from timpora.rooms.models.line_number import A_DAY, MENDED
from timpora.team.models import Mandate

log = logging.getLogger(__name__)
AT_ONCE = 100
SOON = timedelta(hours=1)


def send(opened: Callable[[str], str]) -> int:
    """How many messages went out now; `opened` opens a sealed address. Run by the worker every two
    seconds.
    """
    if not line.is_open() or LineNumber.objects.own().is_paused:
        return 0
    sent = 0
    for message in Outgoing.objects.due()[:AT_ONCE]:
        if message.outlived() or _is_superfluous(message) or not message.claim():
            continue
        try:
            _send(message, opened)
        except Failure as failure:
            message.put_off(failure)
            if _holds_up(message, failure):
                break
            continue
        sent += 1
    if sent:
        LineNumber.objects.works()
    return sent


def _send(message: Outgoing, opened: Callable[[str], str]) -> None:
    binding = message.binding
    to = binding.whatsapp_id if binding else opened(message.address)
    content, template, language = message.content, "", binding.user.language if binding else ""
    if message.kind != Outgoing.Kind.REPLY:
        content, template = _notice(message, language)
    number = line.provider().send(to, content, tracker=message.tracker)
    message.went(number, template=template, language=language)


def _notice(message: Outgoing, language: str) -> tuple[dict[str, Any], str]:
    """Words while the member's window is open and was not found closed; else the template."""
    window = message.binding.open_until if message.binding else None
    if window and window > timezone.now() + timedelta(minutes=1) and not message.needs_template:
        return texts.in_words(message.kind, language), ""
    if left() <= 0:
        raise Failure(QUOTA, wait=int(SOON.total_seconds()))
    return texts.by_template(message.kind, language)


def left() -> int:
    """To how many more members a conversation may be begun today, as far as we know."""
    return max(0, limit() - Outgoing.objects.by_template(timezone.now() - A_DAY))


def limit() -> int:
    """To how many members a day a conversation may be begun; the smallest there is while we do not know."""
    known: int = LineNumber.objects.own().limit
    return known


def _is_superfluous(message: Outgoing) -> bool:
    """Drops a notice whose member wants none any more, holds no post, or has read everything."""
    if message.kind == Outgoing.Kind.REPLY:
        return False
    binding = message.binding
    if (
        binding is not None
        and binding.ended_at is None
        and binding.stopped_at is None
        and binding.user.is_active
    ):
        posts = Mandate.objects.live().filter(user=binding.user_id).values("post")
        if Notice.objects.unread().filter(post__in=posts).exists():
            return False
    message.drop()
    return True


def _holds_up(message: Outgoing, failure: Failure) -> bool:
    """Whether nothing more may go out for now; noted with the number, and logged by code alone."""
    log.warning("message %s was not sent: %s", message.pk, failure.code)
    if failure.verdict not in (Verdict.PAUSE, Verdict.BROKEN):
        return False
    wait = timedelta(seconds=failure.wait or 30) if failure.verdict == Verdict.PAUSE else MENDED
    LineNumber.objects.pause(timezone.now() + wait, failure.code)
    return True
