"""Notices: that something waits, never about whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.team.models import Mandate, Post


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, mandate: Mandate) -> NoticeQuerySet:
        """Notices of the mandate's post; a new holder finds the open ones there."""
        return self.filter(post=mandate.post_id)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> NoticeQuerySet:
        return self.order_by("-made_at", "-pk")

    def read(self) -> int:
        """Marks these notices as read for their post; how many were not yet."""
        return self.unread().update(read_at=timezone.now())

    def settle(self, *, paths: tuple[str, ...], kinds: tuple[str, ...], before: int) -> int:
        """Marks as read what earlier ledger entries asked for and is done by now, whoever did it."""
        return self.filter(path__in=paths, kind__in=kinds, entry__lt=before).read()

    def post_to(self, *, post: Post, kind: str, path: str, entry: int) -> Notice:
        """One notice a post and ledger entry, however often the entry is worked off."""
        notice, _made = self.get_or_create(post=post, entry=entry, kind=kind, defaults={"path": path})
        return notice


class Notice(models.Model):
    """A line for a post: what kind of thing happened, and where to look. It names no person."""

    class Kind(models.TextChoices):
        REPORT_WAITING = "report_waiting", _("A report waits for your confirmation")
        REPORT_VERIFIED = "report_verified", _("Your report was verified")
        REPORT_SENT_BACK = "report_sent_back", _("A report was sent back to you")
        REPORT_REFUSED = "report_refused", _("Your report was refused")
        IDENTITY_ASKED = "identity_asked", _("An identity waits for your decision")
        IDENTITY_CHECKED = "identity_checked", _("Your report is being checked")
        CLAIM_OPENED = "claim_opened", _("Another village reports a resident of yours")
        CLAIM_CLOSED = "claim_closed", _("A question about a resident was settled")
        AGREEMENT_ASKED = "agreement_asked", _("A question waits for your agreement")
        AGREEMENT_GIVEN = "agreement_given", _("The other office has agreed: the decision is yours now")
        MOVED_OUT = "moved_out", _("A resident has moved out")
        MOVING_IN = "moving_in", _("Someone was reported as moving to you")
        REQUEST_WAITING = "request_waiting", _("A person asks about their data")
        MANDATE_ENDING = "mandate_ending", _("A team's decree is about to end")
        MENTIONED = "mentioned", _("A message in a room speaks to your post")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    path = models.CharField(max_length=120)  # where to look; ids only
    entry = models.BigIntegerField()  # the ledger entry it follows from
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="notice_once", fields=["post", "entry", "kind"])]
        indexes = [models.Index(name="notice_unread", fields=["post"], condition=Q(read_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} for post {self.post_id}"
