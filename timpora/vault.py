"""What is kept at rest: sealed with AES-256-GCM, document numbers found again by a keyed hash.

The key file lies outside DATA, so that a copied data folder or a backup alone opens nothing. It is JSON:
`{"current": 2, "keys": {"1": base64 of 32 bytes, "2": …}, "index": base64 of 32 bytes}`. New values are
sealed with the current generation, older ones open with theirs until `timpora vault rotate` has resealed
them. The index key stays: changing it would make every keyed hash in the database unfindable.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D section 5.2.1.1: 96 random bits; below 2**32 values per generation
FILE_MODE = 0o600


class VaultError(Exception):
    """The vault cannot serve: `sentence` says what is wrong, `remedy` what to do (English msgids)."""

    sentence: ClassVar[str] = ""
    remedy: ClassVar[str] = ""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        super().__init__(" ".join(filter(None, (self.sentence, str(path or ""), self.remedy))))


class VaultMissing(VaultError):
    """There is no key file where VAULT_KEYS points."""

    sentence = N_("The key file of the vault is missing:")
    remedy = N_("Create it with “timpora vault create”, or put back the copy kept from the first day.")


class VaultExposed(VaultError):
    """Others than the server's user could take the key file: it lies inside DATA."""

    sentence = N_("The key file of the vault lies inside the data folder:")
    remedy = N_("Move it out, so that no backup holds numbers and keys together, and set VAULT_KEYS.")


class VaultReadable(VaultExposed):
    """Others than the server's user could take the key file: its mode lets them read it."""

    sentence = N_("Other users of this machine can read the key file of the vault:")
    remedy = N_("Run chmod 600 on it, then “timpora vault rotate”.")


class VaultBroken(VaultError):
    """The key file cannot be read as one."""

    sentence = N_("The key file of the vault cannot be read:")
    remedy = N_("Put back the copy kept from the first day. Do not create a new one over it.")


class VaultPresent(VaultError):
    """A key file was to be created where something already stands."""

    sentence = N_("There already is a file where the key file is to be created:")
    remedy = N_("Nothing was changed. To add a new key use “timpora vault rotate”.")


class SealBroken(VaultError):
    """A sealed value was altered, belongs to another place, or its key is no longer in the key file."""

    sentence = N_("A sealed value cannot be opened: it was altered, moved, or its key is missing.")
    remedy = N_("Put back the copy of the key file that holds every generation, then run “timpora doctor”.")


@dataclass(frozen=True, slots=True)
class Vault:
    """The keys of one installation. `version` is the generation that new values are sealed with."""

    path: Path
    version: int
    keys: dict[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new vault with its first key, written to `path` with mode 600. Raises VaultPresent."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault = cls(path, 1, {1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
        fresh = vault._written_aside()
        try:
            os.link(fresh, path)  # fails, unlike a rename, when somebody was quicker
        except FileExistsError:
            raise VaultPresent(path) from None
        finally:
            fresh.unlink()
        return vault

    @classmethod
    def load(cls, path: Path, outside: Path | None = None) -> Self:
        """The vault of the key file at `path`, which must not lie in the folder `outside` (DATA).

        Raises VaultMissing, VaultExposed (VaultReadable) or VaultBroken.
        """
        path = path.expanduser()
        if outside is not None and path.resolve().is_relative_to(outside.expanduser().resolve()):
            raise VaultExposed(path)
        try:
            with path.open("rb") as file:
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                    raise VaultReadable(path)
                return cls._parsed(path, json.load(file))
        except FileNotFoundError:
            raise VaultMissing(path) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise VaultBroken(path) from None

    @classmethod
    def _parsed(cls, path: Path, content: dict[str, Any]) -> Self:
        """The vault of the file's JSON; ValueError, KeyError or TypeError for any other shape."""
        keys = {int(version): _key(text) for version, text in content["keys"].items()}
        if content["current"] not in keys:
            raise ValueError("the current generation has no key")
        return cls(path, int(content["current"]), keys, _key(content["index"]))

    def seal(self, plaintext: str, context: str) -> str:
        """`plaintext` sealed for one place: "v2." and base64 of nonce and ciphertext; twice is never equal.

        `context` names the row and field it is for; it is needed again, unchanged, to open it.
        """
        return self._sealed(plaintext, context, secrets.token_bytes(NONCE_BYTES))

    def _sealed(self, plaintext: str, context: str, nonce: bytes) -> str:
        ciphertext = AESGCM(self.keys[self.version]).encrypt(nonce, plaintext.encode(), context.encode())
        return f"v{self.version}.{base64.urlsafe_b64encode(nonce + ciphertext).decode()}"

    def open_(self, sealed: str, context: str) -> str:
        """The text sealed for this `context`. Raises SealBroken for anything altered or moved."""
        version, _, body = sealed.partition(".")
        try:
            raw = base64.b64decode(body.encode("ascii"), altchars=b"-_", validate=True)
            key = self.keys[int(version.removeprefix("v"))]
            opened = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError, KeyError):
            raise SealBroken from None
        return opened.decode()

    def seal_file(self, data: bytes, context: str) -> tuple[str, bytes]:
        """A file's bytes under a key of their own, after that key sealed for `context`.

        When the vault's keys change the short key is resealed and the long file stays as it is; whoever
        drops the key has made the file unreadable wherever a copy of it lies.
        """
        key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
        body = nonce + AESGCM(key).encrypt(nonce, data, context.encode())
        sealed = self._sealed(base64.b64encode(key).decode(), context, secrets.token_bytes(NONCE_BYTES))
        return sealed, body

    def open_file(self, sealed: str, body: bytes, context: str) -> bytes:
        """The bytes that `seal_file` gave this key and body for. Raises SealBroken for anything altered."""
        key = base64.b64decode(self.open_(sealed, context))
        try:
            return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], context.encode())
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def is_current(self, sealed: str) -> bool:
        """Whether the value is sealed with the current generation and needs no resealing."""
        return sealed.startswith(f"v{self.version}.")

    def reseal(self, sealed: str, context: str) -> str:
        """The same value sealed with the current generation; unchanged when it already is.

        What was copied stays equal: one sealed text gives one resealed text, wherever it stands.
        """
        if self.is_current(sealed):
            return sealed
        # Drawn from the old text instead of at random: 96 bits all the same, met again only by its copies.
        drawn = hmac.new(self.index, f"reseal\x1f{self.version}\x1f{sealed}".encode(), hashlib.sha256)
        return self._sealed(self.open_(sealed, context), context, drawn.digest()[:NONCE_BYTES])

    def key_for(self, kind: str, issuer: str, number: str) -> str:
        """The keyed hash a document is found by: 64 hex digits, equal however the number was spaced.

        `kind` and `issuer` keep equal numbers of two countries or kinds apart. Without the index key
        numbers cannot be tried out against it.
        """
        parts = (kind.upper(), issuer.upper(), normalised(number))
        return hmac.new(self.index, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()

    def add_key(self) -> Vault:
        """The vault with one more generation, now the current one; the key file is replaced in one step."""
        version = max(self.keys) + 1
        added = replace(self, version=version, keys={**self.keys, version: secrets.token_bytes(KEY_BYTES)})
        os.replace(added._written_aside(), self.path)
        return added

    def drop_keys(self, generations: Iterable[int]) -> Vault:
        """The vault without these generations, the current one aside; what they sealed never opens again."""
        dropped = set(generations) - {self.version}
        left = {version: key for version, key in self.keys.items() if version not in dropped}
        kept = replace(self, keys=left)
        os.replace(kept._written_aside(), self.path)
        return kept

    def _written_aside(self) -> Path:
        """A file beside `path` with this vault in it, mode 600 and on the disk."""
        keys = {str(version): base64.b64encode(key).decode() for version, key in self.keys.items()}
        content = {"current": self.version, "keys": keys, "index": base64.b64encode(self.index).decode()}
        handle, name = tempfile.mkstemp(prefix=".vault-", dir=self.path.parent)  # mkstemp makes it 600
        with os.fdopen(handle, "w") as file:
            json.dump(content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)


def normalised(number: str) -> str:
    """The document number as it is compared: full-width made plain, upper case, no spaces, hyphens, dots."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(c for c in plain if not c.isspace() and c != "." and unicodedata.category(c) != "Pd")


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return key


_open: dict[Path, tuple[tuple[int, int], Vault]] = {}
_lock = threading.Lock()


def current() -> Vault:
    """The vault of settings.VAULT_KEYS, read again only when its file changes (another process rotated).

    Refuses a key file inside settings.DATA, except in demo mode. Raises as `Vault.load`.
    """
    from django.conf import settings  # here alone: the rest of the module runs without Django

    path = Path(settings.VAULT_KEYS)
    try:
        stat = path.stat()
    except OSError:
        raise VaultMissing(path) from None
    seen = (stat.st_mtime_ns, stat.st_ino)
    with _lock:
        known = _open.get(path)
        if known is None or known[0] != seen:
            known = (seen, Vault.load(path, outside=None if settings.DEMO else settings.DATA))
            _open[path] = known
    return known[1]
