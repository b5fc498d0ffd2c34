"""Pictures of zones, seeded: OCR-B on a printed page, photographed badly. Invented people only.

The font is Debian's fonts-ocr-b. One seed gives one picture; training and measuring take seeds of their own.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.people import invent
from timpora.registry.mrz import written
from timpora.registry.mrz.layout import FORMATS

FONTS = [Path("/usr/share/fonts/opentype/ocr-b") / name for name in ("OCRB.otf", "OCRBS.otf")]
OTHER = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PITCH = 32.0  # pixels from one character to the next on the page that is printed
SHARES = {"TD3": 0.6, "TD1": 0.15, "TD2": 0.1, "MRV-A": 0.1, "MRV-B": 0.05}
TODAY = date(2026, 11, 24)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


@dataclass(frozen=True)
class Strip:
    """A picture as JPEG, what is printed on it, and where: each character's centre and half its height."""

    jpeg: bytes
    format: str
    lines: tuple[str, ...]
    fields: dict[str, str]
    map: np.ndarray  # 3 × 3, from the printed page to the picture
    boxes: list[tuple[int, float, float]]  # line, centre x and baseline y on the page
    cap: float  # the height of a capital on the page


def strip(seed: int, *, anything: bool = False) -> Strip:
    """The picture of one seed; of `anything`, characters by chance: to learn each as often as any other."""
    chance, noise = Random(seed), np.random.default_rng(seed)
    form = chance.choices(list(SHARES), list(SHARES.values()))[0]
    fields = holder(chance, form)
    lines = written(fields, form)
    if anything:
        lines = tuple("".join(chance.choices(ALPHABET, k=len(line))) for line in lines)
    page, boxes, cap = _page(chance, noise, lines)
    picture, mapped = _photographed(chance, noise, page)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=chance.randint(30, 92))
    return Strip(out.getvalue(), form, lines, fields, mapped, boxes, cap)


def holder(chance: Random, form: str) -> dict[str, str]:
    """The fields of somebody's document."""
    person = invent.people(chance.randint(1, 24), seed=chance.randrange(10**9))[-1]
    number = person.document
    if chance.random() < 0.4:
        number = "".join(chance.choices(ALPHABET[:36], k=chance.choice([7, 8, 9])))
    optional = chance.choice(["", "", "".join(chance.choices(ALPHABET[:36], k=7))])
    words = [person.words[letter] for letter in person.shape if letter in person.words]
    family = [part.spellings[0] for letter, part in person.words.items() if letter in "Ff"][:1]
    given = [part.spellings[0] for part in words if part.spellings[0] not in family]
    return {
        "document_code": {"TD3": "P", "TD1": chance.choice("IAC"), "TD2": "I"}.get(form, "V"),
        "issuing_state": person.nationality, "nationality": person.nationality,
        "document_number": number[:9], "date_of_birth": f"{person.birth:%y%m%d}", "sex": person.sex,
        "date_of_expiry": f"{TODAY + timedelta(days=chance.randrange(3600)):%y%m%d}",
        "optional_data": optional,
        "primary_identifier": _latin(" ".join(family or given[-1:])),
        "secondary_identifier": _latin(" ".join(given if family else given[:-1])),
    }  # fmt: skip


def _latin(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).upper().replace("Đ", "D")
    return " ".join(re.sub(r"[^A-Z ]", "", plain).split())


@cache
def font(which: int, size: int) -> Any:
    return ImageFont.truetype(str(FONTS[which]), size)


@cache
def _size(which: int) -> int:
    """The size at which the font advances by PITCH."""
    return round(1000 * PITCH / font(which, 1000).getlength("0"))


def _page(chance: Random, noise: Any, lines: tuple[str, ...]) -> tuple[Image.Image, list[Any], float]:
    which = chance.randrange(len(FONTS))
    face = font(which, _size(which))
    box = face.getbbox("H", anchor="ls")
    cap = float(box[3] - box[1])
    pitch = PITCH * chance.uniform(0.97, 1.03)
    step = PITCH * chance.uniform(1.75, 2.5)  # from line to line
    left, above = PITCH * chance.uniform(1.2, 4.5), PITCH * chance.uniform(1.5, 8.0)
    width = int(left + len(lines[0]) * pitch + PITCH * chance.uniform(1.2, 4.5))
    height = int(above + step * (len(lines) - 1) + cap + PITCH * chance.uniform(0.9, 3.0))
    paper = chance.randint(165, 250)
    page = Image.fromarray(_paper(chance, noise, width, height, paper))
    draw = ImageDraw.Draw(page)
    ink = int(paper * chance.uniform(0.08, 0.4))
    if above > PITCH * 3.5 and chance.random() < 0.7:
        _printed_above(chance, draw, width, above, ink)
    boxes = []
    for row, line in enumerate(lines):
        base = above + cap + row * step
        for at, sign in enumerate(line):
            x = left + (at + 0.5) * pitch
            spot = chance.gauss(0, 0.4), chance.gauss(0, 0.4)
            draw.text((x + spot[0], base + spot[1]), sign, fill=ink, font=face, anchor="ms")
            boxes.append((row, x, base - cap / 2))
    return page, boxes, cap


def _paper(chance: Random, noise: Any, width: int, height: int, paper: int) -> np.ndarray:
    """Paper with the fine wavy lines of a document, a shade, and grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    found = np.full((height, width), float(paper), np.float32)
    for _ in range(chance.randint(0, 3)):
        wave = chance.uniform(6, 40) * np.sin(x / chance.uniform(25, 120) + chance.uniform(0, 6))
        lines = np.sin((y + wave + x * chance.uniform(-0.4, 0.4)) / chance.uniform(1.5, 8))
        found -= chance.uniform(0, 14) * np.clip(lines, 0, 1)
    found += noise.normal(0, chance.uniform(0, 5), found.shape)
    return np.clip(found, 0, 255).astype(np.uint8)


def _printed_above(chance: Random, draw: Any, width: int, above: float, ink: int) -> None:
    """What a document prints above its zone: small words of other fields, perhaps the edge of a photo."""
    for row in range(chance.randint(1, 3)):
        size = chance.randint(14, 30)
        face = ImageFont.truetype(str(OTHER), size)
        words = " ".join(
            "".join(chance.choices("abcdefgABCDEFGHIKLMNOPRSTU 0123456789", k=chance.randint(2, 12)))
            for _ in range(4)
        )
        draw.text(
            (chance.uniform(0, width / 2), above - PITCH * (2.2 + row * 1.6)), words, fill=ink, font=face
        )
    if chance.random() < 0.4:
        edge = chance.uniform(0.1, 0.35) * width
        draw.rectangle((0, -10, edge, above - PITCH * 1.6), fill=chance.randint(60, 150))


def _photographed(chance: Random, noise: Any, page: Image.Image) -> tuple[Image.Image, np.ndarray]:
    """The page through a bad camera: aslant, blurred, noisy, glaring, pale."""
    width, height = page.size
    scale = chance.uniform(10, 28) / PITCH  # pixels of the picture a character gets
    out = int(width * scale), int(height * scale)
    corners = [(0, 0), (out[0], 0), (out[0], out[1]), (0, out[1])]
    slant = np.tan(np.radians(chance.uniform(-5, 5)))
    deep = chance.uniform(0, 0.05)
    to = [
        (
            x + chance.uniform(-deep, deep) * out[0] * 0.5,
            y + slant * x + chance.uniform(-deep, deep) * out[0] * 0.6,
        )
        for x, y in corners
    ]
    low = min(y for _x, y in to)
    left = min(x for x, _y in to)
    to = [(x - left, y - low) for x, y in to]
    size = int(max(x for x, _y in to)) + 1, int(max(y for _x, y in to)) + 1
    source = [(0, 0), (width, 0), (width, height), (0, height)]
    mapped = _homography(source, to)
    fine = 2  # drawn twice as large and shrunk, so that no line breaks
    larger = np.diag([fine, fine, 1.0]) @ mapped
    back = np.linalg.inv(larger)
    back = (back / back[2, 2]).ravel()[:8]
    shade = chance.randint(30, 235)
    drawn = page.transform((size[0] * fine, size[1] * fine), Image.Transform.PERSPECTIVE, tuple(back),
                           Image.Resampling.BICUBIC, fillcolor=shade)  # fmt: skip
    drawn = drawn.reduce(fine)
    pitch = PITCH * scale
    if chance.random() < 0.8:
        drawn = drawn.filter(ImageFilter.GaussianBlur(pitch * chance.uniform(0.0, 0.11)))
    light = np.asarray(drawn, np.float32)
    if chance.random() < 0.25:
        light = _moved(light, chance, pitch)
    return Image.fromarray(_lit(chance, noise, light)), mapped


def _moved(light: np.ndarray, chance: Random, pitch: float) -> np.ndarray:
    """Blurred along a line, as by a hand that shakes."""
    far = pitch * chance.uniform(0.05, 0.22)
    turn = chance.uniform(0, np.pi)
    steps = np.linspace(-far / 2, far / 2, 5)
    moved = [np.roll(light, (round(s * np.sin(turn)), round(s * np.cos(turn))), (0, 1)) for s in steps]
    return np.mean(moved, axis=0)


def _lit(chance: Random, noise: Any, light: np.ndarray) -> np.ndarray:
    height, width = light.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    contrast = chance.uniform(0.3, 1.0)
    light = 255 * (light / 255) ** chance.uniform(0.7, 1.4) * contrast + chance.uniform(0, 1 - contrast) * 255
    turn = chance.uniform(0, 2 * np.pi)
    light = light * (
        1 + chance.uniform(0, 0.35) * ((x / width - 0.5) * np.cos(turn) + (y / height - 0.5) * np.sin(turn))
    )
    if chance.random() < 0.45:
        cx, cy = chance.uniform(0, width), chance.uniform(0, height)
        wide, high = chance.uniform(0.03, 0.25) * width, chance.uniform(0.1, 0.7) * height
        spot = np.exp(-(((x - cx) / wide) ** 2 + ((y - cy) / high) ** 2))
        light = light + spot * chance.uniform(20, 150)
    light = light + noise.normal(0, chance.uniform(1, 14), light.shape)
    return np.clip(light, 0, 255).astype(np.uint8)


def _homography(source: list[Any], to: list[Any]) -> np.ndarray:
    rows, right = [], []
    for (x, y), (u, v) in zip(source, to, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(right)), 1).reshape(3, 3)


assert set(SHARES) == set(FORMATS)
