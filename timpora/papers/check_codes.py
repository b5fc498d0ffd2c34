"""The public code of a paper: whoever holds it may ask whether the paper is genuine, and nobody guesses one.

Base32 of RFC 4648 has neither 0 nor 1 nor 8; typed for O, I and B, they are read as what was meant. Pure.
"""

from __future__ import annotations

import secrets

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648 section 6
LENGTH, GROUP = 20, 4  # 100 random bits
_MEANT = str.maketrans("018", "OIB")


def new() -> str:
    """A fresh code without its hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code as it is printed: "ABCD-EFGH-…"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normal(typed: str) -> str:
    """What was typed or scanned as the plain code; "" for what cannot be one."""
    code = "".join(c for c in typed.upper().translate(_MEANT) if not c.isspace() and c not in "-–—.")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
