"""The command line speaks the language of the operator's environment: Indonesian, unless it says English."""

import shutil
import sqlite3
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from tests import cast
from tests.cast import Cast, report
from tests.running import Installation
from timpora import doctor, language

IN = {"id": "C.UTF-8", "en": "en_US.UTF-8"}


@pytest.mark.parametrize(
    ("variables", "chosen"),
    [
        ({}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "de_DE.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_GB", "LC_ALL": "C"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": "", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides_and_only_english_is_not_indonesian(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], chosen: str
) -> None:
    for name in language.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.of_the_environment() == chosen


@pytest.fixture
def world(noon: None, db: None) -> Cast:
    return cast.world()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with tables and a vault key, to be copied."""
    made = Installation(tmp_path_factory.mktemp("tables"))
    made.run("migrate", "--verbosity", "0")
    made.make_vault()
    return made.folder


@pytest.fixture(params=["id", "en"])
def spoken(request: pytest.FixtureRequest, installation: Installation) -> tuple[str, Installation]:
    """An empty installation whose operator's environment says one of the languages."""
    installation.environment["LC_ALL"] = IN[request.param]
    return request.param, installation


def one_line(said: "subprocess.CompletedProcess[str]") -> str:
    assert said.returncode == 1, said.stdout + said.stderr
    assert said.stderr.count("\n") == 1, said.stderr
    return said.stderr


@pytest.mark.sqlite
def test_what_keeps_it_from_starting_is_said_in_one_line_of_either_language(
    spoken: tuple[str, Installation], tables: Path
) -> None:
    tongue, made = spoken
    words = {
        "empty": {"id": "belum ada basis data", "en": "there is no database"},
        "locked": {"id": "sedang dikunci program lain", "en": "locked by another program"},
        "key": {"id": "Berkas kunci brankas tidak ditemukan", "en": "The key file of the vault is missing"},
        "port": {"id": "bukan nomor port", "en": "not a port"},
        "setting": {"id": "bernilai keliru", "en": "has a wrong value"},
        "folder": {"id": "tidak dapat dibaca atau dibuat", "en": "can't be read or made"},
    }
    assert words["empty"][tongue] in one_line(made.run("start", check=False))
    shutil.copytree(tables, made.folder, dirs_exist_ok=True)
    made.environment["DATABASE_TIMEOUT"] = "0.2"
    with sqlite3.connect(made.data / "timpora.sqlite3", isolation_level=None) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert words["locked"][tongue] in one_line(made.run("start", check=False))
    other.close()
    made.environment["PORT"] = "99999"
    assert words["port"][tongue] in one_line(made.run("start", check=False))
    (made.folder / "vault-keys").unlink()
    assert words["key"][tongue] in one_line(made.run("start", check=False))
    # Before the settings are read there is no Django to ask.
    made.environment["PORT"] = "eighty"
    assert words["setting"][tongue] in one_line(made.run("doctor", check=False))
    made.environment |= {"PORT": "8000", "DATA": "/proc"}
    assert words["folder"][tongue] in one_line(made.run("doctor", check=False))


@pytest.mark.sqlite
def test_the_doctor_and_the_overview_speak_either_language(spoken: tuple[str, Installation]) -> None:
    tongue, made = spoken
    said = made.run("doctor", check=False).stdout
    sign, remedy, end = {
        "id": ("MASALAH  belum ada basis data", "→ jalankan `timpora init`", " perlu dibenahi."),
        "en": ("PROBLEM  there is no database", "→ run `timpora init`", " to mend."),
    }[tongue]
    assert sign in said
    assert remedy in said
    assert said.endswith(f"{end}\n")
    help_ = made.run("help").stdout
    assert {"id": "memuat daftar resmi wilayah", "en": "loads the official list of areas"}[tongue] in help_
    only = made.run("areas", "load", "--help").stdout
    assert {"id": "hanya ini beserta semua di bawahnya", "en": "only these and what lies below"}[
        tongue
    ] in only


@pytest.mark.sqlite
def test_every_finding_of_the_doctor_is_translated(world: Cast) -> None:
    """Each check, asked in both languages, says something else in each; versions and the clock are data."""
    said = {}
    for tongue in IN:
        with translation.override(tongue):
            said[tongue] = {check.__name__: doctor.examined(check).says for check in doctor.CHECKS}
    same = {name for name, says in said["id"].items() if says == said["en"][name]}
    assert same == {"versions", "clock", "offices"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tongue", "lines"),
    [
        ("id", ["9 wilayah ditambahkan", "0 wilayah berganti nama", "Daftar: "]),
        ("en", ["9 areas added", "0 areas renamed", "The list: "]),
    ],
)
def test_loading_areas_says_what_it_did_in_either_language(tongue: str, lines: list[str]) -> None:
    out = StringIO()
    with translation.override(tongue):
        call_command("areas", "load", "--only", "33.19.01", stdout=out)
    said = out.getvalue()
    assert all(line.partition(" ")[2] in said for line in lines[:2]), said
    assert lines[2] in said


def test_the_table_of_counts_speaks_either_language_and_its_json_only_one(world: Cast) -> None:
    report(world.bakalan).confirm(by=world.kaliwungu)
    tables, json = {}, {}
    for tongue in IN:
        with translation.override(tongue):
            for said, options in ((tables, {}), (json, {"json": True})):
                out = StringIO()
                call_command("counts", "33", stdout=out, **options)
                said[tongue] = out.getvalue()
    assert tables["id"].split()[:3] == ["Kode", "Nama", "Orang"]
    assert tables["en"].split()[:3] == ["Code", "Name", "People"]
    assert "no office yet" in tables["en"]
    assert json["id"] == json["en"]
    assert '"belum ada kantor"' in json["en"]
