"""Files of a form as they come in: in memory alone, and of one too large only as much as may be sent.

The rest of it is let pass unkept, so that the form is answered with what was typed, and no file ever lies in
clear on the disk. A form beyond all measure is read up to the file that makes it so: what was typed before
that file is there, the fields behind it are not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

HARDEST = 64 * 2**20  # bytes of a form that is read to its end
View = Callable[..., HttpResponse]


def files_up_to(largest: int) -> Callable[[View], View]:
    """Guards a view whose form brings files: it is given at most `largest` bytes of each, with the size that
    was sent.
    """

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt  # asked by `protected`, once it is said how files are read
        @wraps(view)
        def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            bounded = Bounded(request, largest=largest)
            request.upload_handlers = [bounded]
            files = request.FILES  # the form is read at this moment
            if bounded.left is not None:
                files.appendlist(bounded.field_name, bounded.left)
            return protected(request, *args, **kwargs)

        return inner

    return guard


class Bounded(FileUploadHandler):
    """Keeps up to `largest` bytes of each file; `size` is what was sent. `left` is the file at which a form
    beyond all measure was left; its size is the whole form's.
    """

    def __init__(self, request: HttpRequest, *, largest: int) -> None:
        super().__init__(request)
        self.largest = largest
        self.whole = int(request.META.get("CONTENT_LENGTH") or 0)
        self.read = 0
        self.left: InMemoryUploadedFile | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept.write(raw_data[: max(self.largest - start, 0)])
        self.read += len(raw_data)
        if self.whole > HARDEST and (start + len(raw_data) > self.largest or self.read > HARDEST):
            self.left = self.file_complete(self.whole)
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", file_size,
            self.charset, self.content_type_extra,
        )  # fmt: skip
