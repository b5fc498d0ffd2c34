"""A photo as it is kept: of whatever file came, a small JPEG made anew; nothing hidden in the file survives.

No place, no device, no thumbnail, no script after the picture: what is kept is painted from its points alone.
The phone shrinks it before (static/js/picture.js); this is done all the same, whoever sends.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

HEAVIEST = 20  # megabytes of the file as it came; static/js/picture.js refuses the same
MOST_POINTS = 25_000_000  # width × height; what a large picture unpacks to is a hundred megabytes
LONGEST_EDGE = 1280  # points; a page of A4 can still be read (practice)
AIM = 150 * 1024  # bytes kept at most, as far as a picture lets itself be shrunk so far
QUALITIES = (80, 70, 60, 50, 40)
EDGES = (LONGEST_EDGE, 1024, 800, 640)
FORMATS = ("JPEG", "PNG", "WEBP")
HEIC = (b"ftyphei", b"ftyphev", b"ftypmif", b"ftypmsf", b"ftypavif")  # ISO/IEC 23008-12, the file's brand

SENTENCES = {
    "too_large": _("This photo is larger than 20 MB. Please take it smaller, or leave it out."),
    "too_many_points": _(
        "This photo has more than 25 million points. Please set the camera to smaller photos, or leave it"
        " out."
    ),
    "heic": _(
        "Photos of the kind HEIC cannot be opened here. Please set the camera to JPEG and take it again, or"
        " leave it out."
    ),
    "no_picture": _("This file is no photo (JPEG, PNG or WebP). Please choose another, or leave it out."),
}  # fmt: skip


class NoPhoto(Exception):
    """What was sent can't be kept as a photo; `code` names the sentence that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def developed(data: bytes, size: int = 0) -> bytes:
    """A JPEG of at most LONGEST_EDGE points a side. `size` may exceed what was kept of a file too large.

    Raises NoPhoto.
    """
    if max(size, len(data)) > HEAVIEST * 2**20:
        raise NoPhoto("too_large")
    if data[4:16].startswith(HEIC):
        raise NoPhoto("heic")
    painted = _painted(data)
    for edge in EDGES:
        painted.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            made = _jpeg(painted, quality)
            if len(made) <= AIM:
                return made
    return made


def _painted(data: bytes) -> Image.Image:
    """The picture the right way up, on white, with nothing that came beside its points."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened: Any = Image.open(BytesIO(data), formats=FORMATS)
        if opened.width * opened.height > MOST_POINTS:
            raise NoPhoto("too_many_points")
        opened.draft("RGB", (2 * LONGEST_EDGE, 2 * LONGEST_EDGE))  # a JPEG unpacks no larger than is needed
        opened.load()
        with suppress(Exception):  # a broken note on how it was held: then as it lies
            ImageOps.exif_transpose(opened, in_place=True)
        upright = opened
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
        upright = upright.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise NoPhoto("too_many_points") from fault
    except NoPhoto:
        raise
    except Exception as fault:  # a reader of files by strangers may fail in any way; none is ours to explain
        raise NoPhoto("no_picture") from fault
    painted = Image.new("RGB", upright.size, "white")
    painted.paste(upright, mask=upright.getchannel("A"))
    return painted


def _jpeg(painted: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    painted.save(made, "JPEG", quality=quality, optimize=True, progressive=True)
    return made.getvalue()
