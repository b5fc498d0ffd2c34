from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from timpora.team.models import Post


class AudienceQuerySet(models.QuerySet["Audience"]):
    def live(self) -> AudienceQuerySet:
        """Who is in it now."""
        return self.filter(until__isnull=True)


class Audience(models.Model):
    """A post that reads and writes in a thread, from when until when; whoever holds the post does.

    The owner of the thread writes these rows: the room of a team follows its seats, a list its readers.
    """

    thread = models.ForeignKey("rooms.Thread", on_delete=models.CASCADE, related_name="audience")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="audiences")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AudienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="audience_once", fields=["post", "thread"], condition=Q(until__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} in thread {self.thread_id}"
