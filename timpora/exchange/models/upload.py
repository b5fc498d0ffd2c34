from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora import vault


class Upload(models.Model):
    """A list's file and its lines as they were read, sealed, until the list is taken in or discarded.

    Of a list that `timpora import` reads the file is not kept: it lies on the server.
    """

    batch = models.OneToOneField("exchange.Batch", on_delete=models.CASCADE, related_name="upload")
    file = models.TextField()
    remarks = models.TextField(blank=True)
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
    def read(self) -> Iterator[dict[str, Any]]:
        """The lines as `dry_run` left them, in their order; none before the columns were confirmed."""
        for part in self.parts.order_by("first"):
            yield from part.read

    def between(self, first: int, last: int) -> list[dict[str, Any]]:
        """The lines of these row numbers, and perhaps of some beside them."""
        parts = self.parts.filter(first__lte=last, last__gte=first).order_by("first")
        return [line for part in parts for line in part.read]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What is to be said of the file as a whole: "code" (of lists.faults.NOTES), "heading", "count"."""
        return list(self._remarks.get("notes", []))

    @property
    def dropped(self) -> dict[str, int]:
        """The fields that are left out, with the number of rows that said them."""
        return dict(self._remarks.get("dropped", {}))

    @property
    def _remarks(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(_opened(self.remarks, "upload remarks")) if self.remarks else {}
        return found

    def add(self, lines: list[dict[str, Any]]) -> None:
        """Keeps some lines that were read, in the file's order."""
        text = json.dumps(lines, ensure_ascii=False)
        UploadPart.objects.create(
            upload=self, first=lines[0]["number"], last=lines[-1]["number"],
            lines=vault.current().seal(_packed(text.encode()), "upload lines"),
        )  # fmt: skip

    def remark(self, notes: list[dict[str, Any]], dropped: dict[str, int]) -> None:
        """Keeps what is to be said of the file as a whole."""
        text = json.dumps({"notes": notes, "dropped": dropped}, ensure_ascii=False)
        self.remarks = vault.current().seal(_packed(text.encode()), "upload remarks")
        Upload.objects.filter(pk=self.pk).update(remarks=self.remarks)


class UploadPart(models.Model):
    """Some lines of an upload as they were read, sealed: a long list is never held whole."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()  # the numbers of its rows
    last = models.PositiveIntegerField()
    lines = models.TextField()

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"rows {self.first} to {self.last} of {self.upload}"

    @property
    def read(self) -> list[dict[str, Any]]:
        """The lines. Raises VaultError where no key opens them."""
        found: list[dict[str, Any]] = json.loads(_opened(self.lines, "upload lines"))
        return found


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 6)).decode()


def _opened(text: str, place: str) -> bytes:
    return zlib.decompress(base64.b64decode(vault.current().open_(text, place)))
