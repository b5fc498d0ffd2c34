from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora.rooms.models.notice import Notice
from timpora.team.models import Mandate, User

if TYPE_CHECKING:
    from timpora.rooms.models.thread import Thread


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(self, thread: Thread, mandate: Mandate) -> int:
        """The number of the last message that the mandate's user has read; 0 for none."""
        found: int | None = (
            self.filter(thread=thread, user=mandate.user_id).values_list("number", flat=True).first()
        )
        return found or 0

    def advance(self, thread: Thread, by: Mandate, number: int) -> bool:
        """Whether it moved on; never back, whichever of two devices is quicker."""
        if self.of(thread, by) >= number:
            return False  # most often; nothing is written then
        _row, made = self.get_or_create(thread=thread, user_id=by.user_id, defaults={"number": number})
        moved = made or bool(
            self.filter(thread=thread, user=by.user_id, number__lt=number).update(
                number=number, at=timezone.now()
            )
        )
        if moved:
            told = Notice.objects.visible_to(by).filter(kind=Notice.Kind.MENTIONED)
            told.filter(path__startswith=thread.door).read()
        return moved


class Reading(models.Model):
    """How far a user has read a thread: the number of its last message read. A user, not a post: of two
    deputies each reads for themselves.
    """

    thread = models.ForeignKey("rooms.Thread", on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="reading_once", fields=["thread", "user"])]

    def __str__(self) -> str:
        return f"user {self.user_id} at {self.number} of thread {self.thread_id}"
