from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from timpora.rooms.models.binding import Binding

KEPT = timedelta(days=8)  # the provider repeats a delivery for up to seven days
TRIES = 6


class Word(models.TextChoices):
    """What a message asked, in a word of ours."""

    REPORT = "report", _("report")
    NIL = "nil", _("nil return")
    TASKS = "tasks", _("what waits")
    HELP = "help", _("help")
    YES = "yes", _("yes")
    CANCEL = "cancel", _("cancel")
    STOP = "stop", _("stop notices")
    START = "start", _("start notices")
    CODE = "code", _("one-time code")
    CHOICE = "choice", _("a tapped answer")
    MOVED = "moved", _("another number")
    OTHER = "other", _("not a command")
    IGNORED = "ignored", _("nothing to answer")


def key_of(number: str) -> str:
    """What is kept of a provider's message id, which has the sender's number inside."""
    return sha256(number.encode()).hexdigest()


class IncomingQuerySet(models.QuerySet["Incoming"]):
    def keep(self, rows: Iterable[Incoming]) -> int:
        """How many of these messages had not come before; each is kept once, however often it is
        delivered.
        """
        new: dict[str, Any] = {row.key: row for row in rows}
        with transaction.atomic():
            known = set(self.filter(key__in=new).values_list("key", flat=True))
            fresh = [row for key, row in new.items() if key not in known]
            self.bulk_create(fresh, ignore_conflicts=True)  # another process may keep the same this moment
        return len(fresh)

    def waiting(self) -> IncomingQuerySet:
        """Not worked off and due, in the order in which people sent them."""
        due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=timezone.now())
        return self.filter(due, worked_at__isnull=True).order_by("sent_at", "pk")

    def tidy(self) -> None:
        """Forgets messages that cannot be repeated any longer, and which strangers had an answer on past
        days.
        """
        self.filter(worked_at__lt=timezone.now() - KEPT).delete()
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        self.filter(received_at__lt=today).exclude(occasion=None).update(occasion=None)


class Incoming(models.Model):
    """One message that came, as the word it was read as: never its text, never a picture.

    `sender` is sealed (context "line") until the message is worked off, then gone. `occasion` is a salted
    digest of sender and day by which a stranger is answered once; it goes within the hour after the day.
    """

    key = models.CharField(max_length=64, unique=True)
    word = models.CharField(max_length=8, choices=Word.choices)
    argument = models.CharField(max_length=80, blank=True)
    sender = models.TextField(blank=True)
    binding = models.ForeignKey(
        Binding, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    occasion = models.CharField(max_length=40, null=True, blank=True, unique=True)
    sent_at = models.DateTimeField()  # by the provider's clock
    received_at = models.DateTimeField(default=timezone.now)
    worked_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed = models.CharField(max_length=60, blank=True)  # the type of the fault it was given up for

    objects: ClassVar[Any] = IncomingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="incoming_waiting", fields=["sent_at"], condition=Q(worked_at__isnull=True)),
            models.Index(name="incoming_binding", fields=["binding", "-sent_at"]),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}: {self.word}"

    def claim(self) -> bool:
        """Takes the work on this message within the open transaction; False where another has done it."""
        mine = Incoming.objects.filter(pk=self.pk, worked_at__isnull=True)
        return bool(mine.update(worked_at=timezone.now(), sender="", argument=""))

    def note(self, binding: Binding | None) -> None:
        """Whose it was."""
        Incoming.objects.filter(pk=self.pk).update(binding=binding)

    def first_of(self, sender: str, occasion: str) -> bool:
        """Whether nobody has been answered on this occasion for this sender yet; only one message is the
        first.
        """
        salted = salted_hmac("timpora.rooms.line", f"{occasion}:{sender}", algorithm="sha256").hexdigest()
        try:
            with transaction.atomic():
                Incoming.objects.filter(pk=self.pk).update(occasion=salted[:40])
        except IntegrityError:
            return False
        return True

    def put_off(self, fault: str) -> bool:
        """Tries it again later, each time later; False when it is given up, and its sender forgotten."""
        tries = self.tries + 1
        if tries >= TRIES:
            Incoming.objects.filter(pk=self.pk).update(
                worked_at=timezone.now(), tries=tries, failed=fault[:60], sender="", argument=""
            )
            return False
        again: datetime = timezone.now() + timedelta(seconds=2**tries)
        Incoming.objects.filter(pk=self.pk).update(tries=tries, next_try_at=again)
        return True
