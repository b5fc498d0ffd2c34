"""A thread as its page shows it: messages by day, the new ones marked, and what may be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from timpora.rooms.models import Attachment, Message, Pin, Thread
from timpora.team.models import Mandate, Post
from timpora.vault import VaultError

PAGE = 50  # messages


@dataclass(frozen=True)
class Line:
    """One message. `text` is None where no key opens it; `files` are those that can be fetched."""

    message: Message
    text: str | None
    mine: bool
    is_first_new: bool
    can_be_withdrawn: bool
    pin: Pin | None
    files: tuple[Attachment, ...]
    files_forgotten: int
    mentioned: tuple[Post, ...]
    speaks_to_me: bool
    href: str

    @property
    def state(self) -> str:
        """What an open page compares to see whether its line is still right."""
        kept = "kept" if self.message.is_kept else "gone"
        return f"{kept}-{self.pin.pk if self.pin else 0}-{len(self.files)}-{int(self.can_be_withdrawn)}"


def place(message: Message, thread: Thread) -> str:
    """The address of the page of its thread on which a message stands, and its place there."""
    if message.number > thread.said - PAGE:
        return f"{thread.door}#m{message.number}"
    return f"{thread.door}?before={message.number + PAGE // 2}#m{message.number}"


class Conversation:
    """The newest messages of a thread, or those before a number; `read` is the last one its reader has read.

    `days` are pairs of a day at the reader's post and its lines, oldest first.
    """

    def __init__(self, thread: Thread, mandate: Mandate, *, before: int | None = None,
                 read: int | None = None, size: int = PAGE) -> None:  # fmt: skip
        self.thread, self.mandate, self.before = thread, mandate, before
        self.zone = mandate.post.zone
        messages = Message.objects.filter(thread=thread).with_all().order_by("-number")
        if before is not None:
            messages = messages.filter(number__lt=before)
        found = list(messages[:size])[::-1]
        first_new = next((each.number for each in found if read is not None and each.number > read), None)
        if first_new == 1:
            first_new = None  # all of it is new: a mark would say nothing
        self.lines = [self._line(message, first_new) for message in found]
        self.older = self.lines[0].message.number if self.lines and self.lines[0].message.number > 1 else None
        self.decisions = self._decisions()

    def _decisions(self) -> list[Line]:
        pinned = self.thread.decisions.values("message")
        messages = Message.objects.filter(pk__in=pinned).with_all().order_by("-number")
        return [self._line(message, None) for message in messages]

    @property
    def days(self) -> list[tuple[date, list[Line]]]:
        return [(day, list(lines)) for day, lines in groupby(self.lines, key=self._day)]

    def _day(self, line: Line) -> date:
        return timezone.localdate(line.message.at, self.zone)

    def _line(self, message: Message, first_new: int | None) -> Line:
        try:
            text: str | None = message.text
        except VaultError:
            text = None
        sent = tuple(message.attachments.all())
        pin = next(iter(vars(message)["standing_pins"]), None)
        mentioned = tuple(message.mentioned.all())
        return Line(
            message=message, text=text, mine=message.sender_id == self.mandate.user_id,
            is_first_new=message.number == first_new,
            can_be_withdrawn=pin is None and message.can_be_withdrawn(self.mandate),
            pin=pin, files=tuple(file for file in sent if not file.forgotten_at),
            files_forgotten=0 if message.withdrawn_at else sum(bool(file.forgotten_at) for file in sent),
            href=place(message, self.thread), mentioned=mentioned,
            speaks_to_me=any(post.pk == self.mandate.post_id for post in mentioned),
        )  # fmt: skip
