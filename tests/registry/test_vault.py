"""Numbers are unreadable without the key file, and a key file in a bad place is refused."""

import base64
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora import vault as module
from timpora.vault import (
    SealBroken,
    Vault,
    VaultBroken,
    VaultExposed,
    VaultMissing,
    VaultPresent,
    VaultReadable,
)

MEMORY = Vault(Path("/nowhere"), 2, {1: b"a" * 32, 2: b"b" * 32}, b"i" * 32)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT, TEXT)
def test_a_sealed_value_opens_in_its_own_place(plaintext: str, context: str) -> None:
    sealed = MEMORY.seal(plaintext, context)
    assert sealed.startswith("v2.")
    assert MEMORY.open_(sealed, context) == plaintext
    assert MEMORY.seal(plaintext, context) != sealed
    with pytest.raises(SealBroken):
        MEMORY.open_(sealed, context + "x")


@given(TEXT, st.data())
def test_any_changed_byte_is_noticed(plaintext: str, data: st.DataObject) -> None:
    sealed = MEMORY.seal(plaintext, "document:1")
    raw = bytearray(base64.urlsafe_b64decode(sealed[3:]))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        MEMORY.open_("v2." + base64.urlsafe_b64encode(raw).decode(), "document:1")
    with pytest.raises(SealBroken):
        MEMORY.open_("v1" + sealed[2:], "document:1")


@given(st.text(max_size=60))
def test_anything_else_is_refused_rather_than_guessed(text: str) -> None:
    with pytest.raises(SealBroken):
        MEMORY.open_(text, "document:1")


@given(st.from_regex(r"[A-Z][0-9]{7}", fullmatch=True))
def test_neither_the_number_nor_a_key_can_be_read_off(number: str) -> None:
    assert number not in MEMORY.seal(number, "document:1")
    assert "aaaa" not in repr(MEMORY) and "bbbb" not in repr(MEMORY) and "iiii" not in repr(MEMORY)


GAPS = st.lists(st.sampled_from([" ", "-", ".", "\u2013", "\u00a0"]))


@given(st.from_regex(r"[A-Z][0-9]{7}", fullmatch=True), GAPS)
def test_spaces_hyphens_dots_and_case_do_not_change_the_keyed_hash(number: str, gaps: list[str]) -> None:
    spread = "".join(a + b for a, b in zip(number.lower(), [*gaps, *[""] * 8], strict=False))
    assert MEMORY.key_for("passport", "chn", spread) == MEMORY.key_for("PASSPORT", "CHN", number)
    assert len(MEMORY.key_for("passport", "CHN", number)) == 64


def test_equal_numbers_of_two_kinds_issuers_or_installations_hash_apart() -> None:
    other = Vault(Path("/nowhere"), 2, MEMORY.keys, b"j" * 32)
    hashes = {
        MEMORY.key_for("passport", "CHN", "E12"),
        MEMORY.key_for("passport", "KOR", "E12"),
        MEMORY.key_for("nik", "CHN", "E12"),
        MEMORY.key_for("passport", "CHNE", "12"),
        other.key_for("passport", "CHN", "E12"),
    }
    assert len(hashes) == 5


def test_a_new_vault_is_for_its_owner_only_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "vault.json"
    created = Vault.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Vault.load(path) == created
    with pytest.raises(VaultPresent):
        Vault.create(path)
    assert Vault.load(path) == created
    assert os.listdir(path.parent) == ["vault.json"]


def test_rotation_keeps_old_values_readable_and_hashes_findable(tmp_path: Path) -> None:
    first = Vault.create(tmp_path / "vault.json")
    sealed = first.seal("E1234567", "document:1")
    second = first.add_key()
    assert Vault.load(tmp_path / "vault.json") == second
    assert second.open_(sealed, "document:1") == "E1234567"
    assert second.key_for("passport", "CHN", "E1") == first.key_for("passport", "CHN", "E1")
    assert not second.is_current(sealed)
    resealed = second.reseal(sealed, "document:1")
    assert second.is_current(resealed) and second.reseal(resealed, "document:1") is resealed
    assert second.open_(resealed, "document:1") == "E1234567"
    with pytest.raises(SealBroken):
        first.open_(resealed, "document:1")
    assert (tmp_path / "vault.json").stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(VaultMissing) as caught:
        Vault.load(tmp_path / "none.json")
    assert "timpora vault create" in str(caught.value)


def test_a_key_file_inside_the_data_folder_is_exposed_even_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    Vault.create(tmp_path / "data" / "vault.json")
    (tmp_path / "link.json").symlink_to(tmp_path / "data" / "vault.json")
    for path in (tmp_path / "data" / "vault.json", tmp_path / "link.json"):
        with pytest.raises(VaultExposed):
            Vault.load(path, outside=tmp_path / "data")
    assert Vault.load(tmp_path / "data" / "vault.json")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_others_can_read_is_exposed(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "vault.json"
    Vault.create(path)
    path.chmod(mode)
    with pytest.raises(VaultReadable) as caught:
        Vault.load(path)
    assert isinstance(caught.value, VaultExposed) and "chmod 600" in str(caught.value)


KEY = base64.b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json",
        "[]",
        "{}",
        '"text"',
        json.dumps({"current": 2, "keys": {"1": KEY}, "index": KEY}),
        json.dumps({"current": 1, "keys": {"1": "c2hvcnQ="}, "index": KEY}),
        json.dumps({"current": 1, "keys": {"1": "!!"}, "index": KEY}),
        json.dumps({"current": 1, "keys": {"1": KEY}}),
        json.dumps({"current": [1], "keys": {"1": KEY}, "index": KEY}),
    ],
)
def test_a_damaged_key_file_is_broken_and_says_not_to_replace_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "vault.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(VaultBroken) as caught:
        Vault.load(path)
    assert "Do not create a new one" in str(caught.value)


def test_the_current_vault_is_kept_until_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    path = tmp_path / "keys" / "vault.json"
    created = Vault.create(path)
    if not settings.configured:
        settings.configure()
    for name, value in (("VAULT_KEYS", path), ("DATA", tmp_path / "data"), ("DEMO", False)):
        monkeypatch.setattr(settings, name, value, raising=False)
    assert module.current() == created
    assert module.current() is module.current()
    rotated = created.add_key()
    assert module.current() == rotated
    monkeypatch.setattr(settings, "DATA", tmp_path)
    path.touch()
    with pytest.raises(VaultExposed):
        module.current()
    monkeypatch.setattr(settings, "DEMO", True)
    assert module.current() == rotated


@given(st.binary(max_size=2000), st.data())
def test_a_sealed_file_opens_in_its_own_place_and_any_changed_byte_is_noticed(
    content: bytes, data: st.DataObject
) -> None:
    key, body = MEMORY.seal_file(content, "attachment")
    assert MEMORY.open_file(key, body, "attachment") == content
    assert len(content) < 8 or content not in body
    with pytest.raises(SealBroken):
        MEMORY.open_file(key, body, "upload")
    wrong = bytearray(body)
    wrong[data.draw(st.integers(0, len(wrong) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        MEMORY.open_file(key, bytes(wrong), "attachment")
    assert MEMORY.open_file(MEMORY.reseal(key, "attachment"), body, "attachment") == content
