from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora import vault
from timpora.ledger import book
from timpora.rooms import filenames
from timpora.team.models import Mandate

if TYPE_CHECKING:
    from timpora.rooms.models.message import Message


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, mandate: Mandate) -> AttachmentQuerySet:
        """The files of the threads whose audience the mandate's post is in now."""
        live = {"message__thread__audience__until__isnull": True}
        return self.filter(message__thread__audience__post=mandate.post_id, **live)

    def kept(self) -> AttachmentQuerySet:
        """Those that can still be fetched."""
        return self.filter(forgotten_at__isnull=True)

    def keep(self, message: Message, name: str, data: bytes) -> Attachment:
        """A file of a message, sealed, and its name too: a name may say as much as the file."""
        safe = vault.current()
        key, body = safe.seal_file(data, "attachment")
        made: Attachment = self.create(
            message=message, name=safe.seal(name, "attachment name"), size=len(data), key=key
        )
        AttachmentBody.objects.create(attachment=made, body=body)
        return made

    def forget(self) -> int:
        """How many files were forgotten: bytes, key and name; that there was one stays."""
        found = list(self.values_list("pk", flat=True))
        AttachmentBody.objects.filter(attachment__in=found).delete()
        number: int = Attachment.objects.filter(pk__in=found).update(
            name="", key="", forgotten_at=timezone.now()
        )
        return number


class Attachment(models.Model):
    """A file sent with a message. It is only ever fetched: nothing of it is opened, shown or run here."""

    message = models.ForeignKey("rooms.Message", on_delete=models.CASCADE, related_name="attachments")
    name = models.TextField(blank=True)  # sealed
    size = models.PositiveIntegerField()  # bytes
    key = models.TextField(blank=True)  # of its body, sealed
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"attachment {self.pk} of message {self.message_id}"

    @property
    def file_name(self) -> str:
        """The name it was sent under; "" once it is forgotten. Raises VaultError where no key opens it."""
        return vault.current().open_(self.name, "attachment name") if self.name else ""

    @property
    def is_runnable(self) -> bool:
        """Whether a computer might run it, so that it is fetched under a name that nothing opens."""
        return filenames.is_runnable(self.file_name)

    def fetch(self, *, by: Mandate) -> tuple[str, bytes]:
        """The name to keep it under, and its bytes; noted, for it leaves the system."""
        with book.writing():
            book.record("attachment.fetched", by=by, area=self.message.thread.area_id,
                        subject=f"attachment:{self.pk}")  # fmt: skip
        data = vault.current().open_file(self.key, bytes(self.body.body), "attachment")
        return filenames.to_fetch(self.file_name), data


class AttachmentBody(models.Model):
    """The sealed bytes of a file, apart from what a list of files reads."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="body")
    body = models.BinaryField()

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"body of attachment {self.attachment_id}"
