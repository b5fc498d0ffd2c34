"""What a phone seals for the server: anybody can close such an envelope, only the installation opens it.

So a report waits on a phone without a readable word of it, and can be sent while the phone's lock is shut.
ECDH on P-256, HKDF-SHA256 and AES-256-GCM, the parts of ECIES (SEC 1 section 5.1) that every WebCrypto
has. The private key follows from the vault's index key (RFC 5869), which lasts as long as the installation.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from timpora import vault

CURVE = ec.SECP256R1()
# SEC 2 section 2.4.2: the order of the group, one more than the largest private key.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PURPOSE = b"timpora outbox envelope 1"
NONCE_BYTES = 12


class EnvelopeBroken(Exception):
    """It was altered, belongs to another item or was closed for another installation."""


def public_key() -> str:
    """The point that phones close envelopes for: base64url of its 65 uncompressed bytes."""
    return _text(_point(_private().public_key()))


def opened(envelope: dict[str, str], number: str) -> dict[str, Any]:
    """What was put into the envelope of the item `number`. Raises EnvelopeBroken."""
    try:
        point, body = _bytes(envelope["key"]), _bytes(envelope["body"])
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        key = _shared(_private().exchange(ec.ECDH(), theirs), point)
        clear = AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], number.encode())
        content = json.loads(clear)
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise EnvelopeBroken from fault
    if not isinstance(content, dict):
        raise EnvelopeBroken
    return content


def closed(content: dict[str, Any], number: str) -> dict[str, str]:
    """An envelope as a phone closes it (static/js/pocket/crypto.js does the same)."""
    own = ec.generate_private_key(CURVE)
    point, nonce = _point(own.public_key()), secrets.token_bytes(NONCE_BYTES)
    key = _shared(own.exchange(ec.ECDH(), _private().public_key()), point)
    body = nonce + AESGCM(key).encrypt(nonce, json.dumps(content).encode(), number.encode())
    return {"key": _text(point), "body": _text(body)}


def _private() -> ec.EllipticCurvePrivateKey:
    return _derived(vault.current().index)


@lru_cache(maxsize=2)
def _derived(index: bytes) -> ec.EllipticCurvePrivateKey:
    # 48 bytes for 32: what is left after the division leans to no side (NIST SP 800-56A section 5.6.1.2.1).
    drawn = HKDF(SHA256(), length=48, salt=None, info=PURPOSE).derive(index)
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


def _shared(secret: bytes, point: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=point, info=PURPOSE).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError("not base64") from fault
