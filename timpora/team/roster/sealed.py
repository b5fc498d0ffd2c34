"""The rows of an uploaded list between the dry run and the import: sealed, in the page itself, for one hour.

Nothing of the file stays on the server. The page carries the rows encrypted (AES-GCM, key derived from
SECRET_KEY) and bound to the mandate that uploaded them; another one, or a later hour, cannot open them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from timpora.sheets import Row

HOUR = 3600
NONCE = 12


class Expired(Exception):
    """The rows are older than an hour, altered, or somebody else's."""


def _key() -> bytes:
    return hashlib.blake2b(b"timpora roster", key=settings.SECRET_KEY.encode()[:64], digest_size=32).digest()


def sealed(rows: list[Row], mandate: int, promised: int) -> str:
    """The rows as text for a hidden field, with how many of them the page says it would import."""
    plain = zlib.compress(
        json.dumps([int(time.time()), promised, [[row.number, row.values] for row in rows]]).encode()
    )
    nonce = secrets.token_bytes(NONCE)
    return base64.urlsafe_b64encode(
        nonce + AESGCM(_key()).encrypt(nonce, plain, str(mandate).encode())
    ).decode()


def opened(text: str, mandate: int) -> tuple[list[Row], int]:
    """The rows, and how many were promised. Raises Expired."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        plain = AESGCM(_key()).decrypt(raw[:NONCE], raw[NONCE:], str(mandate).encode())
    except (InvalidTag, ValueError):
        raise Expired from None
    at, promised, rows = json.loads(zlib.decompress(plain))
    if time.time() - at > HOUR:
        raise Expired
    return [Row(number, values) for number, values in rows], promised
