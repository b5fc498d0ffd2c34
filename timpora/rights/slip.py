"""The slip of a link: an address, a QR code and when it ends, in six languages; it names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from timpora.rights.mine.languages import LANGUAGES, direction
from timpora.rights.models import Link
from timpora.team.slips import drawn

GROUP = 4


@dataclass(frozen=True)
class Slip:
    """`address` opens the page, `door` is where the `code` may be typed; `path` and `size` draw the QR."""

    door: str
    address: str
    code: str
    path: str
    size: int
    expires_at: datetime

    @classmethod
    def of(cls, link: Link, code: str, *, door: str) -> Slip:
        address = f"{door}{code}/"
        path, size = drawn(address)
        grouped = " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
        return cls(door, address, grouped, path, size, link.expires_at)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Each language with the direction it is written in."""
        return [(code, direction(code)) for code in LANGUAGES]
