"""Invented pictures: of nobody, painted."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

MARK = "GPS Gang Anggrek 77"  # what a camera may write into a file, and must not survive


def picture(kind: str = "JPEG", size: tuple[int, int] = (1600, 1200), *, noise: bool = False) -> bytes:
    """A house against the sky; with `noise` one that shrinks badly, as a hedge does."""
    if noise:
        chance = random.Random(4)
        small = Image.frombytes("RGB", (400, 300), chance.randbytes(400 * 300 * 3))
        made = small.resize(size, Image.Resampling.BICUBIC)
    else:
        made = Image.new("RGB", size, "skyblue")
        wide, high = size
        ImageDraw.Draw(made).rectangle((wide // 4, high // 2, wide // 2, high), "sienna")
    return saved(made, kind)


def saved(made: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    said = Image.Exif()
    said[0x010E] = MARK  # ImageDescription
    file = BytesIO()
    made.save(file, kind, exif=said, **more)
    return file.getvalue()


def upload(data: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")
