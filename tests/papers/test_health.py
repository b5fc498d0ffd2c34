"""What `timpora doctor` says of the key that signs receipts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from timpora.papers import signing
from timpora.papers.health import signing_key


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.SIGNING_KEY = tmp_path / "keys" / "signing-key"
    return tmp_path / "keys" / "signing-key"


def test_a_key_that_nobody_needed_yet_is_no_fault_and_asking_makes_none(key: Path) -> None:
    assert signing_key().ok is None
    assert not key.exists()


def test_a_key_that_works_is_named(key: Path) -> None:
    name, _point = signing.public()
    assert signing_key().ok is True
    assert name in signing_key().says


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_key_that_is_broken_is_a_fault_with_a_remedy(key: Path, content: bytes) -> None:
    signing.public()
    key.write_bytes(content)
    found = signing_key()
    assert found.ok is False
    assert str(key) in found.says
    assert found.remedy


def test_a_key_that_others_can_read_is_a_fault(key: Path) -> None:
    signing.public()
    key.chmod(0o644)
    assert signing_key().ok is False
