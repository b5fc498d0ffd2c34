"""Statements that anybody can check without a network: a line of text, signed (ECDSA over P-256, SHA-256).

"TIMPORA1|number|code|count|day|key|signature": nothing personal. `key` names the public key, so that
papers of an older key stay checkable; the signature is r and s of 32 bytes each (IEEE P1363, as WebCrypto
reads it) in base64url. The private key lies where the vault's keys lie, never in DATA.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

START = "TIMPORA1"
HALF = 32  # bytes of r, and of s
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256; FIPS 186-5, SP 800-186
SHAPE = re.compile(
    r"TIMPORA1\|(?P<number>[^|\x00-\x1f]{1,200})\|(?P<code>[A-Z][0-9]{6,10})\|(?P<count>[1-9][0-9]{0,5})"
    r"\|(?P<day>\d{4}-\d\d-\d\d)\|(?P<key>[A-Za-z0-9_-]{11})\|(?P<signature>[A-Za-z0-9_-]{86})",
    re.ASCII,
)


@dataclass(frozen=True)
class Signed:
    """What a line says once its signature holds."""

    number: str
    code: str
    count: int
    day: str
    key: str


def signed(number: str, *, code: str, count: int, day: str) -> str:
    """The line for a paper, signed with this installation's key."""
    private = _private()
    number = number.replace("|", "/")  # an office writes its numbers as it likes
    said = f"{START}|{number}|{code}|{count}|{day}|{name_of(private.public_key())}"
    r, s = decode_dss_signature(private.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    s = min(s, ORDER - s)  # of the two signatures that would hold one alone is taken
    return f"{said}|{_text(r.to_bytes(HALF, 'big') + s.to_bytes(HALF, 'big'))}"


def checked(line: str, keys: dict[str, bytes]) -> Signed | None:
    """What a line says, or None where a letter is not as it was signed. `keys`: name → point (SEC 1)."""
    found = SHAPE.fullmatch(line)
    point = keys.get(found["key"]) if found else None
    if found is None or point is None:
        return None
    raw = base64.urlsafe_b64decode(found["signature"] + "==")
    r, s = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
    # The last letter has bits to spare, and a second s would hold as well: neither is what was signed.
    if _text(raw) != found["signature"] or s > ORDER // 2:
        return None
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    try:
        public.verify(encode_dss_signature(r, s), line.rpartition("|")[0].encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return None
    return Signed(found["number"], found["code"], int(found["count"]), found["day"], found["key"])


def line_of(text: str) -> str:
    """The line in what was pasted or scanned: by itself, or behind the address of the page that checks it."""
    _address, mark, line = text.partition("#")
    return unquote(line).strip() if mark else text.strip()


def public() -> tuple[str, bytes]:
    """The name and the point (65 bytes, SEC 1 uncompressed) of the key that signs now."""
    key = _private().public_key()
    return name_of(key), _point(key)


def name_of(key: ec.EllipticCurvePublicKey) -> str:
    return _text(hashlib.sha256(_point(key)).digest()[:8])


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _private() -> ec.EllipticCurvePrivateKey:
    """The key of settings.SIGNING_KEY, made there at the first use. Raises ImproperlyConfigured."""
    path = Path(settings.SIGNING_KEY)
    try:
        if not path.exists():
            _make(path)
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise _unfit(path, _("other users can read it; run chmod 600 on it"))
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except OSError as fault:
        raise _unfit(path, fault.strerror or "") from None
    except ValueError:
        raise _unfit(path, _("put back the copy kept of it")) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise _unfit(path, _("put back the copy kept of it"))
    return key


def _make(path: Path) -> None:
    """A new key, mode 600; who was quicker keeps theirs."""
    if not settings.DEMO and path.resolve().is_relative_to(settings.DATA):
        raise _unfit(path, _("it must not lie in DATA; set SIGNING_KEY"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle, fresh = tempfile.mkstemp(prefix=".signing-", dir=path.parent)  # mkstemp makes it 600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        Path(fresh).unlink()


def _unfit(path: Path, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        _("The key that signs receipts, %(path)s, can't be used: %(why)s.") % {"path": path, "why": why}
    )
