"""What of a value may stand on a screen before it is revealed for a purpose.

The number of dots never tells how long the value is.
"""

from __future__ import annotations

from .partial_date import PartialDate

DOTS = "••••"


def number(value: str) -> str:
    """A document number with at most its first and last two signs: "E1234534" → "E1••••34".

    At least half stays hidden: of six or seven signs one shows at each end, of fewer nothing.
    """
    plain = "".join(value.split())
    shown = 2 if len(plain) >= 8 else len(plain) // 6
    return f"{plain[:shown]}{DOTS}{plain[-shown:]}" if shown else DOTS if plain else ""


def birth_date(value: PartialDate | None) -> str:
    """The birth date with its year only: "••/••/1990"; "" when it is not known."""
    return f"••/••/{value.year:04d}" if value else ""


def phone(value: str) -> str:
    """A phone number with its last three digits: "+62812345678" → "••••678"."""
    digits = "".join(c for c in value if c.isdecimal())
    return f"{DOTS}{digits[-3:]}" if len(digits) >= 9 else DOTS if value.strip() else ""


def email(value: str) -> str:
    """An e-mail address with its first letter and domain: "budi@kudus.example" → "b••••@kudus.example"."""
    local, at, domain = value.strip().rpartition("@")
    return f"{local[:1]}{DOTS}@{domain}" if at and local else DOTS if value.strip() else ""
