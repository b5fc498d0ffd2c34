from __future__ import annotations

import base64
import json
import zlib
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora.registry import vault


class Upload(models.Model):
    """A list's file and its lines as they were read, sealed, until the list is taken in or discarded."""

    batch = models.OneToOneField("exchange.Batch", on_delete=models.CASCADE, related_name="upload")
    file = models.TextField()
    lines = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"upload of batch {self.batch_id}"

    @staticmethod
    def sealed(data: bytes) -> str:
        """A file's bytes sealed: deflated and in base64 before."""
        return vault.current().seal(_packed(data), "upload")

    @property
    def data(self) -> bytes:
        """The file's bytes as they were sent. Raises VaultError where no key opens them."""
        return _opened(self.file, "upload")

    @property
    def read(self) -> list[dict[str, Any]]:
        """The lines as `dry_run` left them; none before the columns were confirmed."""
        return self._kept("lines")

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What is to be said of the file as a whole: "code" (of lists.faults.NOTES), "heading", "count"."""
        return self._kept("notes")

    def _kept(self, part: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            json.loads(_opened(self.lines, "upload lines"))[part] if self.lines else []
        )
        return found

    def keep(self, lines: list[dict[str, Any]], notes: list[dict[str, Any]]) -> None:
        """Keeps what was read, in place of what was read before."""
        text = json.dumps({"lines": lines, "notes": notes}, ensure_ascii=False)
        self.lines = vault.current().seal(_packed(text.encode()), "upload lines")
        Upload.objects.filter(pk=self.pk).update(lines=self.lines)


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 6)).decode()


def _opened(text: str, place: str) -> bytes:
    return zlib.decompress(base64.b64decode(vault.current().open_(text, place)))
