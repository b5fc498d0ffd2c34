"""A signed line: whoever alters one letter of it is found out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as st

from timpora.papers import signing

LETTERS = "".join(map(chr, range(32, 127))) + "é\u0661\u200b"
ABOUT = {"code": "L000012", "count": 37, "day": "2026-11-25"}


@pytest.fixture(scope="module")
def line() -> str:
    return signing.signed("7/TM/TIMPORA/KANIM-SEMARANG/XI/2026", **ABOUT)


@pytest.fixture(scope="module")
def keys() -> dict[str, bytes]:
    name, point = signing.public()
    return {name: point}


def test_what_was_signed_holds(line: str, keys: dict[str, bytes]) -> None:
    found = signing.checked(line, keys)
    assert found == signing.Signed(
        "7/TM/TIMPORA/KANIM-SEMARANG/XI/2026", "L000012", 37, "2026-11-25", next(iter(keys))
    )
    assert len(line) < 200


def test_every_letter_altered_to_any_other_is_found_out(line: str, keys: dict[str, bytes]) -> None:
    for at in range(len(line)):
        for letter in "A0z_-|9b":
            if letter != line[at]:
                assert signing.checked(line[:at] + letter + line[at + 1 :], keys) is None, (at, letter)


@settings(max_examples=400)
@given(data=st.data())
def test_no_alteration_of_one_character_holds(line: str, keys: dict[str, bytes], data: Any) -> None:
    at = data.draw(st.integers(0, len(line) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    kind = data.draw(st.sampled_from(("replace", "insert", "delete")))
    changed = {
        "replace": line[:at] + letter + line[at + 1 :],
        "insert": line[:at] + letter + line[at:],
        "delete": line[:at] + line[at + 1 :],
    }[kind]
    assert changed == line or signing.checked(changed, keys) is None


def test_of_another_installations_key_it_is_not_genuine(line: str, keys: dict[str, bytes]) -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    assert signing.checked(line, {}) is None
    assert signing.checked(line, {next(iter(keys)): signing._point(other)}) is None


def test_the_second_signature_that_would_hold_is_not_taken(line: str, keys: dict[str, bytes]) -> None:
    import base64

    head, _mark, signature = line.rpartition("|")
    raw = base64.urlsafe_b64decode(signature + "==")
    s = signing.ORDER - int.from_bytes(raw[32:], "big")
    twin = base64.urlsafe_b64encode(raw[:32] + s.to_bytes(32, "big")).rstrip(b"=").decode()
    assert signing.checked(f"{head}|{twin}", keys) is None


def test_the_key_is_made_once_for_its_owner_alone_and_never_in_data(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY = tmp_path / "keys" / "signing-key"
    first = signing.public()
    assert signing.public() == first
    assert os.stat(settings.SIGNING_KEY).st_mode & 0o777 == 0o600
    settings.SIGNING_KEY.chmod(0o644)
    with pytest.raises(ImproperlyConfigured):
        signing.public()
    settings.SIGNING_KEY = settings.DATA / "signing-key"
    with pytest.raises(ImproperlyConfigured):
        signing.public()
    assert not settings.SIGNING_KEY.exists()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_broken_key_file_is_not_written_over(tmp_path: Path, settings: Any, content: bytes) -> None:
    settings.SIGNING_KEY = tmp_path / "signing-key"
    settings.SIGNING_KEY.write_bytes(content)
    settings.SIGNING_KEY.chmod(0o600)
    with pytest.raises(ImproperlyConfigured):
        signing.public()
    assert settings.SIGNING_KEY.read_bytes() == content
