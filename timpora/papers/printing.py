"""Papers as PDF: A4, tagged, for keeping (PDF/A-2b) and for screen readers (PDF/UA-1).

Data reaches the template as JSON and is never markup. The fonts are those inside the typst package, so
that a paper is the same, byte for byte, on every machine.
"""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import segno
import typst

from timpora.papers import letters

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS: list[Any] = ["a-2b", "ua-1"]
REMEMBERED = 10  # runs of the compiler (typst 0.15, comemo's cache; measured: docs/decisions/0012-papers.md)
# What the PDF standards refuse: a letter without a glyph. The compiler names each such letter.
_BEYOND = re.compile(r'the text `"(.+?)"` could not be displayed')
_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def fonts() -> typst.Fonts:
    """The fonts inside the typst package, read once a process."""
    return typst.Fonts(include_system_fonts=False)


def pdf(template: str, frame: dict[str, Any], data: dict[str, Any], *, address: str, at: datetime) -> bytes:
    """The paper's bytes; the same for the same input.

    `frame` is what every paper has (see paper.typ), `data` what this kind needs, `address` what the QR code
    leads to. Raises typst.TypstError where the template itself is at fault.
    """
    said = letters.seen({"frame": frame | {"spelt": False}, "data": data})
    qr = {"qr": _qr(address)}
    if line := frame.get("signed"):
        # In the part of the address that no browser sends: whoever scans it opens the page that checks it.
        qr["seal"] = _qr(f"{frame['checked_at']}#{quote(line)}")
    try:
        return _compiled(template, said, qr, at)
    except typst.TypstError as fault:
        beyond = _beyond(fault.diagnostic)
        if not beyond:
            raise
    said = letters.latin(said, beyond)
    said["frame"]["spelt"] = True
    return _compiled(template, said, qr, at)


def _compiled(template: str, said: dict[str, Any], qr: dict[str, str], at: datetime) -> bytes:
    try:
        return typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=fonts(),
            sys_inputs={"said": json.dumps(said), **qr},
            pdf_standards=STANDARDS,
            timestamp=int(at.timestamp()),
        )
    finally:
        _forget()


def _forget() -> None:
    """Lets typst drop a paper: it remembers its last ten runs, and one of 500 faulty rows is 100 MB."""
    for _run in range(REMEMBERED + 1):
        typst.compile(b"", font_paths=fonts())


def _beyond(diagnostic: str) -> frozenset[str]:
    """The letters that no font has, without those that any of them has in a cluster's company."""
    named = "".join(_BEYOND.findall(diagnostic))
    named = _POINT.sub(lambda point: chr(int(point[1], 16)), named)
    return frozenset(letter for letter in named if not letter.isascii())


def _qr(address: str) -> str:
    """The address as a QR code in SVG, level M (ISO/IEC 18004: 15 % may be lost)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True
    )
    return drawn.getvalue().decode()
