"""Slips to hand over: whose post, a one-time code, and the same code as a QR. Shown once, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import segno

from timpora.ledger import book
from timpora.team import secret_policy
from timpora.team.models import Invitation, Mandate, User
from timpora.team.models.invitation import normalise

A_SHEET = 6
"""Slips on one sheet of A4."""
QUIET = 2  # modules of white around the QR; the slip's own margin adds the rest of the standard's four


@dataclass(frozen=True)
class Slip:
    """One slip: `address` opens the secret's form, `path` and `size` draw its QR; `pin`: one will do."""

    user: User
    mandates: list[Mandate]
    code: str
    address: str
    expires_at: datetime
    path: str
    size: int
    pin: bool


def issue(*, by: Mandate, users: Iterable[User], door: str) -> list[Slip]:
    """A fresh slip for each user; codes given before lose their force. `door` is the address of /join/."""
    people = list(users)
    seats: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.standing().with_places().filter(user__in=people).order_by("pk"):
        seats.setdefault(mandate.user_id, []).append(mandate)
    made = []
    with book.writing():
        for user in people:
            invitation, code = Invitation.objects.issue(by=by, user=user)
            address = f"{door}{normalise(code)}/"
            path, size = drawn(address)
            held = seats.get(user.pk, [])
            pin = secret_policy.pin_allowed(mandate.role for mandate in held)
            made.append(Slip(user, held, code, address, invitation.expires_at, path, size, pin))
    return made


def drawn(text: str) -> tuple[str, int]:
    """The QR code (ISO/IEC 18004, level M) of a text as the `d` of an SVG path, and its width in modules."""
    matrix = segno.make_qr(text, error="m").matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length or 1
    return "".join(runs), len(matrix) + 2 * QUIET


def sheets(made: list[Slip]) -> list[list[Slip]]:
    """The slips in sheets of paper."""
    return [made[start : start + A_SHEET] for start in range(0, len(made), A_SHEET)]
