from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from timpora.team.models import Post


class Mention(models.Model):
    """A post that a message speaks to; it gets a notice that says no more than that."""

    message = models.ForeignKey("rooms.Message", on_delete=models.CASCADE, related_name="mentions")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="mention_once", fields=["message", "post"])]

    def __str__(self) -> str:
        return f"post {self.post_id} in message {self.message_id}"
