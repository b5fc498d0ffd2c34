"""How a message gets into a thread: what may be sent, once, and with what it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rooms import filenames
from timpora.rooms.models.attachment import Attachment
from timpora.rooms.models.audience import Audience
from timpora.rooms.models.mention import Mention
from timpora.rooms.models.message import Message
from timpora.rooms.models.reading import Reading
from timpora.rooms.models.wording import Wording
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.rooms.models.thread import Thread

LONGEST = 4_000  # characters of one message: a page of A4 (practice)
LARGEST = 5 * 2**20  # bytes of one file: a scan or a photo of a letter (practice)
MOST = 3  # files with one message (practice)


def too_large() -> str:
    """What is said of a file larger than `LARGEST`."""
    return _("A file has at most %(most)s MB. Please send a smaller one.") % {"most": LARGEST // 2**20}


@dataclass(frozen=True)
class File:
    """A file as it was sent: its name, and its bytes. `size` may exceed what was kept of a file too large."""

    name: str
    data: bytes
    size: int = 0

    @property
    def length(self) -> int:
        return max(self.size, len(self.data))


@dataclass(frozen=True)
class Draft:
    """A message as it was sent. `sent_id` is the sender's own, `mentions` are ids of posts."""

    text: str
    sent_id: UUID
    files: tuple[File, ...] = ()
    mentions: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """The text as it is kept: lines end alike wherever it was typed, with nothing empty around it."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").strip()

    def check(self) -> None:
        """Raises Refusal for what no message may be."""
        if len(self.words) > LONGEST:
            said = _("A message has at most %(most)s characters; this one has %(n)s. Please shorten it.")
            raise Refusal(said % {"most": LONGEST, "n": len(self.words)}, field="text", code="too_long")
        if not self.words and not self.files:
            raise Refusal(_("Write something, or choose a file."), field="text", code="empty")
        if len(self.files) > MOST:
            raise Refusal(
                _("At most %(most)s files go with one message.") % {"most": MOST},
                field="attachments", code="too_many",
            )  # fmt: skip
        for file in self.files:
            _check(file)


def _check(file: File) -> None:
    if file.length > LARGEST:
        raise Refusal(too_large(), field="attachments", code="too_large")
    if not file.length:
        raise Refusal(_("The file is empty."), field="attachments", code="empty_file")


def send(thread: Thread, by: Mandate, draft: Draft) -> Message:
    """The message, kept and told of in one transaction; see `Thread.say`."""
    draft.check()
    with book.writing():
        thread.hold()  # from here on nobody else takes the next number
        sent = Message.objects.filter(sender=by.user_id, sent_id=draft.sent_id).first()
        if sent is not None:
            return _again(sent, thread, draft)
        here = set(Audience.objects.live().filter(thread=thread).values_list("post", flat=True))
        if by.post_id not in here:
            raise Refusal(_("Your post does not sit in this room any more."), code="not_here")
        if not draft.mentions <= here:
            raise Refusal(_("A post you chose is not in this room."), field="mentions", code="not_here")
        message = _kept(thread, by, draft)
        book.record("message.sent", by=by, area=thread.area_id, subject=message.cause)
    return message


def _kept(thread: Thread, by: Mandate, draft: Draft) -> Message:
    number, moment = thread.said + 1, book.moment()
    message: Message = Message.objects.create(
        thread=thread, number=number, sender_id=by.user_id, mandate=by, at=moment, sent_id=draft.sent_id
    )
    if draft.words:
        Wording.objects.keep(message, draft.words)
    for file in draft.files:
        Attachment.objects.keep(message, filenames.plain(file.name), file.data)
    Mention.objects.bulk_create(Mention(message=message, post_id=post) for post in sorted(draft.mentions))
    thread.turn(said=number, last_at=moment)
    thread.refresh_from_db()
    if Reading.objects.of(thread, by) == number - 1:
        Reading.objects.advance(thread, by, number)  # one's own words are read
    return message


def _again(sent: Message, thread: Thread, draft: Draft) -> Message:
    """The message there is, when the same was sent; compared as far as its words are still kept."""
    same = sent.thread_id == thread.pk and (not sent.is_kept or sent.text == draft.words)
    if not same:
        raise Conflict(
            _("This form was sent before with other words. Open the room again to write another message."),
            code="other_content",
        )
    return sent
