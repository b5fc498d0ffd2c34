from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict
from timpora.team.models import Mandate


class PinQuerySet(models.QuerySet["Pin"]):
    def visible_to(self, mandate: Mandate) -> PinQuerySet:
        """The pins of the threads whose audience the mandate's post is in now."""
        live = {"message__thread__audience__until__isnull": True}
        return self.filter(message__thread__audience__post=mandate.post_id, **live)

    def standing(self) -> PinQuerySet:
        """What is pinned now."""
        return self.filter(lifted_at__isnull=True)


class Pin(models.Model):
    """A message as a decision: who pinned it when, and who took it down when."""

    message = models.ForeignKey("rooms.Message", on_delete=models.CASCADE, related_name="pins")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="pin_standing_once", fields=["message"], condition=Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"pin of message {self.message_id}"

    def lift(self, *, by: Mandate) -> None:
        """Takes the decision down; that it stood, and from when until when, stays."""
        thread = self.message.thread
        with book.writing():
            thread.hold()
            self.refresh_from_db()
            if self.lifted_at is not None:
                raise Conflict(_("This decision has been taken down already."), code="lifted")
            self.lifted_at, self.lifted_by = timezone.now(), by
            Pin.objects.filter(pk=self.pk).update(lifted_at=self.lifted_at, lifted_by=by)
            thread.turn()
            book.record("decision.lifted", by=by, area=thread.area_id, subject=self.message.cause)
