"""A thread: what some posts write to each other about one thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.ledger import book
from timpora.prepared import Given, Prepared
from timpora.rooms import sending
from timpora.rooms.models.audience import Audience
from timpora.rooms.models.message import Message
from timpora.rooms.models.pin import Pin
from timpora.rooms.models.reading import Reading
from timpora.team.models import Mandate, Post


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, mandate: Mandate) -> ThreadQuerySet:
        """The threads whose audience the mandate's post is in now."""
        return self.filter(audience__post=mandate.post_id, audience__until__isnull=True)

    def with_unread(self, mandate: Mandate) -> ThreadQuerySet:
        """Each with `unread`: how many messages its user has not read there."""
        read = Reading.objects.filter(thread=OuterRef("pk"), user=mandate.user_id)
        return self.annotate(unread=F("said") - Coalesce(Subquery(read.values("number")[:1]), 0))

    def newest_first(self) -> ThreadQuerySet:
        """The ones in which something was written last ahead."""
        return self.order_by(F("last_at").desc(nulls_last=True), "-pk")

    def open(
        self, *, by: book.Actor, kind: str, title: str, area: Area, path: str, posts: Iterable[int]
    ) -> Thread:
        """A new thread with its audience. Its owner keeps the key down to it and says who is in it."""
        with book.writing():
            thread: Thread = self.create(kind=kind, title=title, area=area, path=path)
            Audience.objects.bulk_create(Audience(thread=thread, post_id=pk) for pk in sorted(set(posts)))
            book.record("thread.opened", by=by, area=area.pk, subject=thread.cause)
        return thread


class Thread(models.Model):
    """What the posts of an audience write to each other about one thing.

    `said` numbers its messages without a hole, `version` rises with whatever changes what a page shows of it.
    """

    class Kind(models.TextChoices):
        TEAM = "team", _("room of a team")
        BATCH = "batch", _("about a list")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=120)  # where what it is about stands; ids only
    opened_at = models.DateTimeField(default=timezone.now)
    said = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ThreadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"thread {self.pk} ({self.kind})"

    @property
    def cause(self) -> str:
        return f"thread:{self.pk}"

    @property
    def door(self) -> str:
        """The address of its page."""
        return reverse("rooms:room", args=[self.pk])

    @property
    def decisions(self) -> models.QuerySet[Pin]:
        """What is pinned in it, the latest first."""
        return Pin.objects.standing().filter(message__thread=self).order_by("-pk")

    @property
    def posts(self) -> models.QuerySet[Post]:
        """The posts that are in its audience now, by role and place."""
        here = Audience.objects.live().filter(thread=self).values("post")
        return Post.objects.with_places().filter(pk__in=here).order_by("role", "area", "title")

    def say(
        self, *, by: Mandate, text: str, sent_id: UUID, files: Iterable[sending.File] = (),
        mentions: Collection[int] = (),
    ) -> Message:  # fmt: skip
        """The message. The same one sent again is the one there is: a double tap says it once.

        `mentions` are ids of posts of the audience. Raises Refusal for what can't be sent, Conflict where the
        sender's id stands for another message.
        """
        return sending.send(self, by, sending.Draft(text, sent_id, tuple(files), frozenset(mentions)))

    def read_up_to(self, number: int, *, by: Mandate) -> bool:
        """Whether the mandate's user has read further than before. Noted nowhere: no one's reading is."""
        return Reading.objects.advance(self, by, min(number, self.said))

    def follow(self, posts: Iterable[int], *, by: book.Actor = book.SYSTEM) -> bool:
        """Makes these posts, and no others, its audience from now on; whether anybody came or left."""
        wanted = set(posts)
        with book.writing():
            self.hold()
            here = set(Audience.objects.live().filter(thread=self).values_list("post", flat=True))
            Audience.objects.live().filter(thread=self).exclude(post__in=wanted).update(until=timezone.now())
            Audience.objects.bulk_create(Audience(thread=self, post_id=pk) for pk in sorted(wanted - here))
            about: dict[str, Any] = {"by": by, "area": self.area_id, "subject": self.cause}
            for post in sorted(wanted - here):
                book.record("audience.joined", **about, fields=(f"post:{post}",))
            for post in sorted(here - wanted):
                book.record("audience.left", **about, fields=(f"post:{post}",))
        return wanted != here

    def rename(self, title: str) -> None:
        """Follows the name of what it is about, whose own verb has noted the change."""
        if title != self.title:
            self.title = title
            Thread.objects.filter(pk=self.pk).update(title=title)

    def hold(self) -> None:
        """Reads the row afresh and keeps it until the transaction ends, so that messages follow in order."""
        self.refresh_from_db(from_queryset=Thread.objects.select_for_update())

    def turn(self, **values: Any) -> None:
        """Keeps these columns; whoever has it open is shown what changed."""
        Thread.objects.filter(pk=self.pk).update(version=F("version") + 1, **values)

    def forget(self, *, texts: datetime, files: datetime) -> bool:
        """What was written and sent before these moments is gone, but for decisions; whether any was."""
        with book.writing():
            self.hold()
            gone = Message.objects.filter(thread=self).forget(texts=texts, files=files)
            if gone:
                self.turn()
                book.record("thread.forgotten", by=book.SYSTEM, area=self.area_id, subject=self.cause,
                            fields=gone)  # fmt: skip
        return bool(gone)


# Asked every other second by each open page: who is in the audience is answered, everybody else has no row.
_version: Prepared[int] = Prepared(
    lambda: Thread.objects.filter(
        pk=Given("thread", models.BigIntegerField()),
        audience__post=Given("post", models.BigIntegerField()),
        audience__until__isnull=True,
    ).values_list("version", flat=True)
)


def version(thread: int, mandate: Mandate) -> int | None:
    """Which state of a thread this is; None where it is out of the mandate's reach."""
    found = _version(thread=thread, post=mandate.post_id)
    return found[0] if found else None


# Asked by every page of a signed-in officer.
_unread: Prepared[tuple[int, int | None]] = Prepared(
    lambda: (
        Audience.objects.filter(post=Given("post", models.BigIntegerField()), until__isnull=True)
        .annotate(
            read=Subquery(
                Reading.objects.filter(
                    thread=OuterRef("thread"), user=Given("user", models.BigIntegerField())
                ).values("number")[:1]
            )
        )
        .values_list("thread__said", "read")
    )
)


def unread(mandate: Mandate) -> int | None:
    """How many messages a mandate's user has not read; None where its post sits in no thread."""
    found = _unread(post=mandate.post_id, user=mandate.user_id)
    return sum(said - (read or 0) for said, read in found) if found else None
