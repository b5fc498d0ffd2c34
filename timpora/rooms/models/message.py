from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rooms.models.attachment import Attachment
from timpora.rooms.models.pin import Pin
from timpora.rooms.models.wording import Wording
from timpora.team.models import Mandate, Post, User

TAKEN_BACK_WITHIN = timedelta(minutes=10)  # long enough to see a slip, too short to rewrite a talk (practice)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, mandate: Mandate) -> MessageQuerySet:
        """The messages of the threads whose audience the mandate's post is in now."""
        return self.filter(thread__audience__post=mandate.post_id, thread__audience__until__isnull=True)

    def with_all(self) -> MessageQuerySet:
        """With what a page shows of each, in a fixed number of queries."""
        places = ("mandate__post__area", "mandate__post__office", "mandate__post__agency")
        parts = ("attachments", "mentioned__area", "mentioned__office")
        standing = Pin.objects.standing().select_related("mandate__post__area", "mandate__post__office")
        pins = models.Prefetch("pins", standing, to_attr="standing_pins")
        return self.select_related("wording", "sender", *places).prefetch_related(*parts, pins)

    def forget(self, *, texts: datetime, files: datetime) -> tuple[str, ...]:
        """Forgets what was written and sent before these moments, and says which of both there was; the rows
        stay. What is pinned as a decision is kept while it is.
        """
        loose = self.filter(~Exists(Pin.objects.standing().filter(message=OuterRef("pk"))))
        old = loose.filter(at__lt=texts, wording__isnull=False).values_list("pk", flat=True)
        words = list(old)
        Wording.objects.filter(message__in=words).delete()
        self.model.objects.filter(pk__in=words).update(forgotten_at=timezone.now())
        sent = Attachment.objects.kept().filter(message__in=loose.filter(at__lt=files)).forget()
        return tuple(name for name, there in (("text", words), ("files", sent)) if there)


class Message(models.Model):
    """What one mandate wrote in a thread. The words stand in a row of their own and can be erased."""

    thread = models.ForeignKey("rooms.Thread", on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()  # in its thread, from 1, without a hole
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField(default=timezone.now)
    sent_id = models.UUIDField()  # the sender's own id
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    mentioned = models.ManyToManyField(Post, through="rooms.Mention", related_name="+")

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="message_number", fields=["thread", "number"]),
            models.UniqueConstraint(name="message_sent_once", fields=["sender", "sent_id"]),
        ]

    def __str__(self) -> str:
        return f"message {self.number} of thread {self.thread_id}"

    @property
    def cause(self) -> str:
        return f"message:{self.pk}"

    @property
    def door(self) -> str:
        """The address of its place in the thread."""
        return f"{self.thread.door}#m{self.number}"

    @property
    def is_kept(self) -> bool:
        """Whether its words are still there."""
        return self.withdrawn_at is None and self.forgotten_at is None

    @property
    def text(self) -> str:
        """What was written; "" for files alone, and for what was taken back or forgotten."""
        wording = getattr(self, "wording", None)
        return wording.text if wording else ""

    @property
    def days_kept(self) -> int:
        """After how many days what was written was forgotten."""
        return (self.forgotten_at - self.at).days if self.forgotten_at else 0

    def can_be_withdrawn(self, by: Mandate) -> bool:
        """Whether the mandate may still take it back: its own, within some minutes."""
        mine = self.sender_id == by.user_id and self.mandate.post_id == by.post_id
        return mine and self.is_kept and timezone.now() - self.at <= TAKEN_BACK_WITHIN

    def withdraw(self, *, by: Mandate) -> None:
        """Takes the words and files back; that something was said, and by whom, stays."""
        with book.writing():
            self._hold()
            if self.withdrawn_at is not None:
                raise Conflict(_("This message has been taken back already."), code="withdrawn")
            if not self.can_be_withdrawn(by):
                said = _("A message can be taken back by its sender within %(n)s minutes.")
                minutes = int(TAKEN_BACK_WITHIN.total_seconds() // 60)
                raise Refusal(said % {"n": minutes}, code="not_allowed")
            if self.pins.standing().exists():
                raise Refusal(
                    _("Take the decision down first; then the message can be taken back."), code="pinned"
                )
            Wording.objects.filter(message=self).delete()
            Attachment.objects.kept().filter(message=self).forget()
            self.withdrawn_at = timezone.now()
            Message.objects.filter(pk=self.pk).update(withdrawn_at=self.withdrawn_at)
            self.thread.turn()
            book.record("message.withdrawn", by=by, area=self.thread.area_id, subject=self.cause)

    def pin(self, *, by: Mandate) -> Pin:
        """Pins it as a decision, above everything that is said. The same one again is the pin there is."""
        with book.writing():
            self._hold()
            standing: Pin | None = self.pins.standing().first()
            if standing is not None:
                return standing
            if not self.is_kept:
                raise Conflict(_("Nothing is left of this message to pin."), code="not_kept")
            pin: Pin = self.pins.create(mandate=by)
            self.thread.turn()
            book.record("decision.pinned", by=by, area=self.thread.area_id, subject=self.cause)
        return pin

    def _hold(self) -> None:
        """Holds the thread, so that nothing is pinned and taken back at once, and reads the row afresh."""
        self.thread.hold()
        self.refresh_from_db()
