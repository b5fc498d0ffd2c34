"""`timpora vault create | rotate | retire`: no number is ever lost, and none stays under an old key."""

import ast
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from tests import cast
from tests.cast import PASSPORT, Cast, report
from timpora import vault as keys
from timpora.desk.management.commands import vault as command
from timpora.ledger.models import Entry
from timpora.ledger.verify import verify
from timpora.registry import rotation
from timpora.registry.models import IdentityDocument, Person, Statement, StayPermit
from timpora.reports.models import Draft
from timpora.vault import Vault

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def path(tmp_path: Path, settings: Any) -> Path:
    """Where VAULT_KEYS points in this test; nothing is there yet."""
    settings.VAULT_KEYS = tmp_path / "keys" / "vault-keys"
    return Path(settings.VAULT_KEYS)


@pytest.fixture
def filled(noon: None, path: Path) -> Cast:
    """A resident with a passport and a permit, a second report waiting, a draft; all under key 1."""
    call_command("vault", "create")
    world = cast.world()
    report(world.bakalan, **PASSPORT, permit_number="2C11AB0001").confirm(by=world.kaliwungu)
    report(world.getas, **PASSPORT | {"document_number": "B7654321"}, names="Thiha", birth_date="1996")
    Draft.objects.keep(by=world.bakalan, values={"names": "half typed"})
    # Time stands at the cast's noon; the file's own time does not.
    os.utime(path, (time.time(), time.time()))
    return world


def say(*words: str) -> str:
    out = StringIO()
    call_command("vault", *words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("vault", *words)
    return str(caught.value)


def generations() -> set[str]:
    """Every key generation that a sealed value names, wherever it stands."""
    texts = [
        statement.values[name]
        for statement in Statement.objects.all()
        for name in ("document_number", "permit_number")
        if statement.values.get(name)
    ]
    texts += [*IdentityDocument.objects.values_list("number_sealed", flat=True)]
    texts += [*StayPermit.objects.exclude(number="").values_list("number", flat=True)]
    texts += [*Draft.objects.values_list("sealed", flat=True)]
    assert len(texts) > 5
    return {text.partition(".")[0] for text in texts}


def test_the_key_file_is_its_owners_alone_and_never_overwritten(path: Path) -> None:
    assert str(path) in say("create")
    assert path.stat().st_mode & 0o777 == 0o600
    first = path.read_bytes()
    assert "already is a file" in refused("create")
    assert path.read_bytes() == first
    assert Entry.objects.get().action == "vault.created"


def test_no_key_is_made_inside_data(settings: Any) -> None:
    settings.VAULT_KEYS = settings.DATA / "below" / "vault-keys"
    assert "inside the data folder" in refused("create")
    assert not settings.VAULT_KEYS.exists()


def test_no_new_key_is_made_where_numbers_wait_for_a_lost_one(filled: Cast, path: Path) -> None:
    path.unlink()
    assert "put the copy of the key file back" in refused("create")
    assert not path.exists()


def test_rotation_moves_every_sealed_value_and_every_number_still_opens(filled: Cast) -> None:
    assert generations() == {"v1"}
    assert "key 2" in say("rotate")
    assert generations() == {"v2"}
    assert IdentityDocument.objects.get().number == PASSPORT["document_number"]
    assert keys.current().open_(StayPermit.objects.get().number, "permit") == "2C11AB0001"
    assert Draft.objects.of(filled.bakalan) == {"names": "half typed"}
    entry = Entry.objects.get(action="vault.rotated")
    assert (entry.subject, entry.actor) == ("vault:2", None)
    assert entry.values["resealed"] >= 6
    assert verify().sound


def test_rotation_leaves_the_conclusion_on_a_person_as_it_was(filled: Cast) -> None:
    say("rotate")
    before = list(StayPermit.objects.values("pk", "number")), list(IdentityDocument.objects.values("pk"))
    Person.objects.get().settle()
    assert (
        list(StayPermit.objects.values("pk", "number")),
        list(IdentityDocument.objects.values("pk")),
    ) == before


def test_a_document_is_found_by_its_number_after_a_rotation(filled: Cast) -> None:
    say("rotate")
    again = report(filled.getas, **PASSPORT)
    again.confirm(by=filled.jati)
    assert Person.objects.count() == 1


def test_an_interrupted_rotation_goes_on_with_the_same_key(
    filled: Cast, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 1)
    whole = rotation.Sealed.reseal

    def torn(self: rotation.Sealed, safe: Vault) -> Any:
        for batch in whole(self, safe):
            yield batch
            raise KeyboardInterrupt

    monkeypatch.setattr(rotation.Sealed, "reseal", torn)
    with pytest.raises(KeyboardInterrupt):
        say("rotate")
    assert generations() == {"v1", "v2"}
    assert not Entry.objects.filter(action="vault.rotated").exists()
    monkeypatch.setattr(rotation.Sealed, "reseal", whole)
    assert "Going on with the rotation to key 2" in say("rotate")
    assert generations() == {"v2"}
    assert Vault.load(path).version == 2
    assert Entry.objects.filter(action="vault.rotated").count() == 1


def test_a_value_that_no_key_opens_is_left_and_named(filled: Cast) -> None:
    Draft.objects.update(sealed="v1.altered")
    assert "1 value opens with no key" in refused("rotate")
    assert Draft.objects.get().sealed == "v1.altered"
    assert "still sealed with an old key" in refused_without_waiting("retire")


def refused_without_waiting(*words: str) -> str:
    kept, command.SETTLED = command.SETTLED, 0.0
    try:
        return refused(*words)
    finally:
        command.SETTLED = kept


def test_an_old_key_stays_until_it_seals_nothing_and_is_then_removed(
    filled: Cast, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "SETTLED", 0.0)
    assert "There is no old key" in say("retire")
    Vault.load(path).add_key()
    assert "rotate` first" in refused("retire")
    assert set(Vault.load(path).keys) == {1, 2}
    say("rotate")
    assert set(Vault.load(path).keys) == {1, 2}
    assert "Removed: key 1" in say("retire")
    assert set(Vault.load(path).keys) == {2}
    assert path.stat().st_mode & 0o777 == 0o600
    assert IdentityDocument.objects.get().number == PASSPORT["document_number"]
    assert Entry.objects.get(action="vault.retired").subject == "vault:1"


def test_retiring_waits_for_requests_that_still_know_the_old_key(
    filled: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    say("rotate")
    os.utime(keys.current().path, (time.time() - 20, time.time() - 20))
    monkeypatch.setattr(command.time, "sleep", waited.append)
    say("retire")
    (seconds,) = waited
    assert 20 < seconds <= 40


def test_two_rotations_at_once_are_one_too_many(filled: Cast, path: Path) -> None:
    with command.alone():
        assert "Another `timpora vault`" in refused("rotate")
    assert set(Vault.load(path).keys) == {1}


@pytest.mark.parametrize("verb", ["rotate", "retire"])
def test_without_a_key_file_the_remedy_is_named(path: Path, verb: str) -> None:
    assert "timpora vault create" in refused(verb)


def test_every_place_that_seals_is_known_to_the_rotation() -> None:
    package = Path(rotation.__file__).parent.parent
    calls = [
        (file, call)
        for file in package.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        # Desk has no tables: what it seals into an address is kept nowhere; nor is a lodging's file between
        # its dry run and the confirmation.
        if "desk" not in file.parts
        and file.parts[-2:] != ("stays", "file.py")
        and isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in ("seal", "seal_file")
    ]
    said = {ast.unparse(call.args[1]) for _file, call in calls}
    assert not list(apps.get_app_config("desk").get_models())
    assert said == {repr(column.context) for column in command.COLUMNS}
