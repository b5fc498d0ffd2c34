from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.models import Post, User

MOST = 5  # a user's devices at one time (practice): a phone, a spare one, an office computer


class DeviceQuerySet(models.QuerySet["Device"]):
    def of(self, user: User) -> DeviceQuerySet:
        """The user's devices, the one seen last first."""
        return self.filter(user=user).order_by("-seen_at", "-pk")

    def serving(self, post: Post) -> DeviceQuerySet:
        """Those in use by whoever serves on a post: for whoever manages the post, when one is lost."""
        return (
            self.live().filter(user__in=post.mandates.standing().values("user")).order_by("-seen_at", "-pk")
        )

    def live(self) -> DeviceQuerySet:
        """Those that may take a village along: neither lost nor given up."""
        return self.filter(ended_at__isnull=True)

    def join(self, *, by: User, label: str, instead: UUID | None = None) -> Device:
        """A device on which `by` works without network from now on; the same browser prepared anew takes the
        place of what it was before (`instead`). Raises Refusal past the last place.
        """
        with book.writing():
            for before in self.of(by).live().filter(number__in=[instead] if instead else []):
                before.end(by=by, ending=Device.Ending.GIVEN_UP)
            if self.of(by).live().count() >= MOST:
                raise Refusal(
                    _("You have prepared as many devices as are possible. Give one up first."), code="devices"
                )
            device: Device = self.create(user=by, label=label[:60], secret_tag=secret_tag(by))
            book.record("device.joined", by=by, subject=f"device:{device.pk}")
        return device


class Device(models.Model):
    """A browser on which one user may work without network: what it keeps is sealed, and can be recalled."""

    class Ending(models.TextChoices):
        LOST = "lost", _("lost")
        GIVEN_UP = "given_up", _("given up")

    number = models.UUIDField(default=uuid4, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    label = models.CharField(max_length=60)  # what kind of browser on what, as its user recognises it
    secret_tag = models.CharField(max_length=64)  # which PIN or password it was prepared with
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)

    objects: ClassVar[Any] = DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"device {self.pk}"

    @property
    def is_prepared(self) -> bool:
        """Whether it was prepared with the PIN or password that its user has today."""
        return self.ended_at is None and self.secret_tag == secret_tag(self.user)

    def seen(self) -> None:
        """Notes that it asked; not an act of its user's, so no entry."""
        self.seen_at = timezone.now()
        self.save(update_fields=["seen_at"])

    def end(self, *, by: book.Actor, ending: str) -> None:
        """Lost or given up: it wipes what it keeps when it next asks, and sends nothing more."""
        with book.writing():
            mine = Device.objects.live().filter(pk=self.pk)
            if mine.update(ended_at=timezone.now(), ending=ending):
                book.record("device.ended", by=by, subject=f"device:{self.pk}", fields=(ending,))
        self.refresh_from_db()


def secret_tag(user: User) -> str:
    """Changes with every new PIN or password of the user; tells nothing of it."""
    return sha256(f"device|{user.pk}|{user.password}".encode()).hexdigest()
