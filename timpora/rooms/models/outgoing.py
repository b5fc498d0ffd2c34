from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.rooms.line.failures import OUTDATED, Failure, Verdict, meaning
from timpora.rooms.line.payload import Status
from timpora.rooms.models.binding import Binding
from timpora.rooms.models.incoming import Incoming, key_of
from timpora.team.models import Mandate

TRIES = 8  # the last about an hour after the first
LOST = timedelta(minutes=5)  # a delivery state tells within seconds whether a message went out
KEPT = timedelta(days=30)
OPEN = Q(sent_at__isnull=True, delivered_at__isnull=True, read_at__isnull=True, failed_at__isnull=True,
         dropped_at__isnull=True)  # fmt: skip
TRACKER = "outgoing:"


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def reply(
        self, content: dict[str, Any], *, answers: Incoming, binding: Binding | None, address: str
    ) -> Outgoing:
        """What is answered to a message; to a stranger at a sealed `address`."""
        made: Outgoing = self.create(
            kind=Outgoing.Kind.REPLY, content=content, answers=answers, binding=binding, address=address
        )
        return made

    def due(self) -> OutgoingQuerySet:
        """What is to be sent now. What another process took and never finished is taken anew after a while:
        by then its delivery state would have come, had it gone out.
        """
        now = timezone.now()
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - LOST)
        rows = self.filter(OPEN, free, next_try_at__lte=now)
        return rows.select_related("binding__user").order_by("next_try_at", "pk")

    def failing(self) -> OutgoingQuerySet:
        """What did not arrive, the newest first."""
        lost = Q(failed_at__isnull=False, delivered_at__isnull=True, read_at__isnull=True)
        return self.filter(lost).select_related("binding__user").order_by("-failed_at", "-pk")

    def by_template(self, since: datetime) -> int:
        """To how many members a conversation was begun since a moment: what the provider's limit counts."""
        begun = self.exclude(template="").filter(sent_at__gt=since)
        return int(begun.aggregate(n=models.Count("binding", distinct=True))["n"])

    def note(self, status: Status) -> bool:
        """Keeps a delivery state, in whatever order they come and however often; False for a message not
        ours.
        """
        found = self.filter(key=key_of(status.id)).first()
        if (
            found is None
            and status.tracker.startswith(TRACKER)
            and status.tracker[len(TRACKER) :].isdecimal()
        ):
            found = self.filter(pk=int(status.tracker[len(TRACKER) :][:18])).first()
        if found is not None:
            found.hear(status)
        return found is not None

    def tidy(self) -> None:
        """Forgets messages a month after they were queued."""
        self.filter(queued_at__lt=timezone.now() - KEPT).delete()


class Outgoing(models.Model):
    """One message of ours: a reply, or that there is a task or news. When it reached which state stands in
    columns of their own, so that states may come in any order and none goes back.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", gettext_lazy("a reply")
        TASK = "task", gettext_lazy("there is a task")
        NEWS = "news", gettext_lazy("the room has news")

    class State(models.TextChoices):
        QUEUED = "queued", gettext_lazy("queued")
        SENT = "sent", gettext_lazy("sent")
        DELIVERED = "delivered", gettext_lazy("delivered")
        READ = "read", gettext_lazy("read")
        FAILED = "failed", gettext_lazy("failed")
        DROPPED = "dropped", gettext_lazy("no longer needed")

    binding = models.ForeignKey(
        Binding, on_delete=models.CASCADE, null=True, blank=True, related_name="outgoing"
    )
    answers = models.ForeignKey(
        Incoming, on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    kind = models.CharField(max_length=5, choices=Kind.choices)
    content = models.JSONField(
        default=dict
    )  # a reply's words, until it was sent; a notice's are made when it is
    address = models.TextField(blank=True)  # a stranger's, sealed (context "line"), until it was sent
    entry = models.BigIntegerField(null=True, blank=True)  # the ledger entry its newest notice follows from
    template = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    error = models.IntegerField(null=True, blank=True)

    objects: ClassVar[Any] = OutgoingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="outgoing_due", fields=["next_try_at"], condition=OPEN)]

    def __str__(self) -> str:
        return f"outgoing {self.pk}: {self.kind}"

    @property
    def state(self) -> str:
        """How far it has come at most."""
        reached = (
            (self.read_at, self.State.READ), (self.delivered_at, self.State.DELIVERED),
            (self.failed_at, self.State.FAILED), (self.dropped_at, self.State.DROPPED),
            (self.sent_at, self.State.SENT),
        )  # fmt: skip
        return next((state for moment, state in reached if moment), self.State.QUEUED)

    @property
    def state_word(self) -> str:
        return str(self.State(self.state).label)

    @property
    def needs_template(self) -> bool:
        """Whether the provider has said that the member's window is closed, whatever our clock says."""
        return self.error is not None and meaning(self.error).verdict == Verdict.CLOSED

    @property
    def tracker(self) -> str:
        return f"{TRACKER}{self.pk}"

    @property
    def why(self) -> str:
        """What stands in its way, in a sentence."""
        return "" if self.error is None else _(meaning(self.error).sentence)

    def claim(self) -> bool:
        """Takes the sending of this message; False where another process did."""
        mine = Outgoing.objects.filter(OPEN, pk=self.pk, claimed_at=self.claimed_at)
        return bool(mine.update(claimed_at=timezone.now(), tries=self.tries + 1))

    def went(self, number: str, *, template: str, language: str) -> None:
        """The provider took it."""
        self._set(
            key=key_of(number), template=template, language=language, error=None, content={}, address="",
            sent_at=_first("sent_at", timezone.now()),
        )  # fmt: skip

    def hear(self, status: Status) -> None:
        """A delivery state; one that came before changes nothing."""
        at, column = status.at or timezone.now(), f"{status.state}_at"
        if column == "failed_at":
            self._failed_there(at, status.code or 0)
        elif column in ("sent_at", "delivered_at", "read_at"):
            self._set(key=key_of(status.id), content={}, address="", **{column: _first(column, at)})

    def _failed_there(self, at: datetime, code: int) -> None:
        """The provider took it and could not deliver it: a notice goes once more where that may help."""
        again = meaning(code).verdict in (Verdict.AGAIN, Verdict.CLOSED, Verdict.PAUSE, Verdict.PAIR)
        if again and self.kind != self.Kind.REPLY and self.tries < TRIES:
            mine = Outgoing.objects.filter(
                pk=self.pk, delivered_at__isnull=True, read_at__isnull=True, error=None
            )
            mine.update(sent_at=None, claimed_at=None, key="", error=code, next_try_at=self._later())
            return
        self._set(error=code, content={}, address="", failed_at=_first("failed_at", at))

    def put_off(self, failure: Failure) -> None:
        """It did not go out: later, or never."""
        until = timezone.now() + timedelta(seconds=failure.wait) if failure.wait else self._later()
        gone = failure.verdict == Verdict.FINAL or self.tries + 1 >= TRIES
        if failure.verdict in (Verdict.PAUSE, Verdict.BROKEN, Verdict.WAIT):  # not this message's fault
            self._set(error=failure.code, claimed_at=None, next_try_at=until, tries=self.tries)
        elif gone or (failure.verdict == Verdict.CLOSED and self.kind == self.Kind.REPLY):
            self.fail(failure.code)
        elif failure.verdict == Verdict.UNKNOWN:
            self._set(error=failure.code)  # it stays claimed: its delivery state may still tell
        else:
            self._set(error=failure.code, claimed_at=None, next_try_at=until)

    def fail(self, code: int) -> None:
        """It will not go out by itself any more; a reply's words and a stranger's address are forgotten."""
        self._set(error=code, failed_at=timezone.now(), content={}, address="")

    def drop(self, code: int | None = None) -> None:
        """It is no longer needed: read elsewhere, or its member wants none."""
        self._set(dropped_at=timezone.now(), error=code, content={}, address="")

    def outlived(self) -> bool:
        """Whether a reply is too old to be one; it is given up then."""
        if self.kind == self.Kind.REPLY and self.queued_at < timezone.now() - timedelta(hours=23):
            self.fail(OUTDATED)
            return True
        return False

    def send_again(self, *, by: Mandate) -> None:
        """A notice that failed is sent anew, by the operator."""
        if self.kind == self.Kind.REPLY or self.state != self.State.FAILED:
            raise Conflict(_("This message is on its way or has no words any more."), code="not_failed")
        with book.writing():
            fresh = {
                "failed_at": None,
                "sent_at": None,
                "claimed_at": None,
                "tries": 0,
                "key": "",
                "error": None,
            }
            self._set(**fresh, next_try_at=timezone.now())
            book.record("outgoing.requeued", by=by, subject=f"outgoing:{self.pk}")

    def _later(self) -> datetime:
        """4 seconds to the power of the tries, an hour at most."""
        return timezone.now() + timedelta(seconds=min(4 ** (self.tries + 1), 3_600))

    def _set(self, **values: Any) -> None:
        Outgoing.objects.filter(pk=self.pk).update(**values)


def _first(column: str, moment: datetime) -> Coalesce:
    """What stands in a column of moments; this one where nothing does."""
    return Coalesce(column, Value(moment, output_field=models.DateTimeField()))
