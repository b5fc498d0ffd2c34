from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.rooms.models.binding import Binding
from timpora.rooms.models.incoming import Incoming, Word
from timpora.team.models import Mandate

VALID_FOR = timedelta(minutes=15)
SKEW = timedelta(seconds=60)  # between the provider's clock and ours


class PromptQuerySet(models.QuerySet["Prompt"]):
    def open(self) -> PromptQuerySet:
        return self.filter(closed_at__isnull=True, asked_at__gt=timezone.now() - VALID_FOR)

    def put(self, binding: Binding, *, word: str, mandate: Mandate | None = None, month: str = "") -> Prompt:
        """A new question to a member; whatever was asked before needs no answer any more."""
        self.drop(binding)
        made: Prompt = self.create(binding=binding, word=word, mandate=mandate, month=month)
        return made

    def drop(self, binding: Binding) -> int:
        """How many open questions were withdrawn."""
        mine = self.filter(binding=binding, closed_at__isnull=True)
        return mine.update(closed_at=timezone.now(), outcome=Prompt.Outcome.CANCELLED)

    def answered_by(self, message: Incoming, binding: Binding, number: int | None = None) -> Prompt | None:
        """The question a message answers: the last one, or that of a tapped button, while it is open.

        A word that was on its way before the question was put does not answer it.
        """
        mine = self.filter(binding=binding, closed_at__isnull=True).order_by("-pk")
        found: Prompt | None = (mine if number is None else mine.filter(pk=number)).first()
        return found if found is not None and found.is_answered_by(message) else None


class Prompt(models.Model):
    """A question put to a member on the line: which of several posts, or the sworn word of a nil return."""

    class Outcome(models.TextChoices):
        GIVEN = "given", _("given")
        CANCELLED = "cancelled", _("cancelled")
        REFUSED = "refused", _("refused")

    binding = models.ForeignKey(Binding, on_delete=models.CASCADE, related_name="prompts")
    word = models.CharField(max_length=8, choices=Word.choices)
    mandate = models.ForeignKey(
        Mandate, on_delete=models.CASCADE, null=True, blank=True, related_name="prompts"
    )
    month = models.CharField(max_length=7, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    objects: ClassVar[Any] = PromptQuerySet.as_manager()

    def __str__(self) -> str:
        return f"prompt {self.pk}: {self.word}"

    @property
    def until(self) -> datetime:
        return self.asked_at + VALID_FOR

    def is_answered_by(self, message: Incoming) -> bool:
        """Whether a message came while the question was open, and was not sent before it was put."""
        return self.asked_at <= message.received_at <= self.until and message.sent_at >= self.asked_at - SKEW

    def close(self, outcome: str) -> None:
        Prompt.objects.filter(pk=self.pk).update(closed_at=timezone.now(), outcome=outcome)
