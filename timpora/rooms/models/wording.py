from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from timpora import vault

if TYPE_CHECKING:
    from timpora.rooms.models.message import Message


class WordingQuerySet(models.QuerySet["Wording"]):
    def keep(self, message: Message, text: str) -> Wording:
        """The words of a message, sealed: officers write what they would not leave lying open."""
        made: Wording = self.create(message=message, sealed=vault.current().seal(text, "message"))
        return made


class Wording(models.Model):
    """What a message says, sealed. Deleting the row forgets it; the message and its ledger entry stay."""

    message = models.OneToOneField("rooms.Message", on_delete=models.CASCADE, related_name="wording")
    sealed = models.TextField()

    objects: ClassVar[Any] = WordingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"wording of message {self.message_id}"

    @property
    def text(self) -> str:
        """The words. Raises VaultError where no key opens them."""
        return vault.current().open_(self.sealed, "message")
