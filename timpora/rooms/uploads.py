"""Files of a message as they come in: in memory alone, and of one too large only as much as may be sent.

The rest of it is let pass unkept, so that the form is answered with what was typed, and no file of a room
ever lies in clear on the disk.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from timpora.rooms.sending import LARGEST

HARDEST = 64 * 2**20  # bytes of a whole form; beyond it nothing is read


class Bounded(FileUploadHandler):
    """Keeps up to `largest` bytes of each file; `size` is what was sent."""

    def __init__(self, request: Any = None, *, largest: int = LARGEST) -> None:
        super().__init__(request)
        self.largest = largest

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept.write(raw_data[: max(self.largest - start, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", file_size,
            self.charset, self.content_type_extra,
        )  # fmt: skip
