from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.stays.models.stay import Stay


class WordQuerySet(models.QuerySet["Word"]):
    def give(self, stay: Stay, *, by: Mandate, says: str) -> Word:
        """The village's word about a guest who stays long; it is asked again after as many nights."""
        with book.writing():
            word: Word = self.create(stay=stay, mandate_id=by.pk, says=says, on=by.post.today)
            book.record("stay.answered", by=by, area=stay.lodging.area_id, subject=stay.cause, fields=(says,))
        return word


class Word(models.Model):
    """What a village says of a guest who stays long: lives here (and reports it), or is a guest still."""

    class Says(models.TextChoices):
        LIVES = "lives", _("lives here")
        GUEST = "guest", _("is still a guest")

    stay = models.ForeignKey("stays.Stay", on_delete=models.CASCADE, related_name="words")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=5, choices=Says.choices)
    on = models.DateField()

    objects: ClassVar[Any] = WordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.says}: stay {self.stay_id}"
