"""`timpora init` on an empty machine, as an operator and a script meet it; and a start without a safe key."""

import io
import json
import sqlite3
import subprocess
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import installed
from tests.running import Installation, free_port
from timpora import doctor
from timpora.areas import loading
from timpora.team.models import Invitation, Post, User
from timpora.vault import Vault

pytestmark = [pytest.mark.sqlite, pytest.mark.long, pytest.mark.usefixtures("in_english")]
SECRET = "kunci yang cukup panjang"
PATI = {
    "code": "kanim-pati",
    "name": "Kantor Imigrasi Kelas I Non TPI Pati",
    "office_class": "Kelas I Non TPI",
    "province": "33",
    "city": "Pati",
    "letterhead": ["Kementerian Rekaan", "Kantor Imigrasi Pati (contoh)"],
    "jurisdiction": ["33.18", "33.20"],
}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str, str]:
    """An office that is not Semarang, made by a script; with what the first and the second run said."""
    made = Installation(tmp_path_factory.mktemp("pati"))
    first, second = (said(made, *words(made)) for _ in range(2))
    return made, first, second


def words(made: Installation) -> list[str]:
    file = made.folder / "offices.json"
    file.write_text(json.dumps([PATI, PATI | {"code": "kanim-lain", "jurisdiction": []}]), encoding="utf-8")
    who = ["--operator", "Pengelola", "--secret-from-stdin"]
    return ["--no-input", *who, "--office-file", str(file), "--office-code", "kanim-pati"]


def run(made: Installation, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        made.words("init", *words),
        env=made.all_environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


def said(made: Installation, *words: str) -> str:
    done = run(made, *words, typed=SECRET + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return done.stdout


def refused(made: Installation, *words: str, typed: str = "") -> str:
    done = run(made, *words, typed=typed)
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def rows(made: Installation, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(made.data / "timpora.sqlite3") as database:
        return database.execute(query).fetchall()


def test_one_command_makes_an_empty_machine_ready(ready: tuple[Installation, str, str]) -> None:
    made, first, _second = ready
    assert first.count("done now") == 6
    assert "missing" not in first
    assert (made.folder / "vault-keys").stat().st_mode & 0o777 == 0o600
    assert rows(made, "SELECT count(*) FROM areas_area") == [(91_600,)]
    assert rows(made, "SELECT area_id FROM areas_jurisdiction ORDER BY 1") == [("33.18",), ("33.20",)]
    assert rows(made, "SELECT code, letterhead FROM areas_office") == [
        ("kanim-pati", "Kementerian Rekaan\nKantor Imigrasi Pati (contoh)")
    ]
    seated = (
        "SELECT u.username, p.role, p.area_id FROM team_mandate m"
        " JOIN team_post p ON p.id = m.post_id JOIN team_user u ON u.id = m.user_id"
    )
    assert rows(made, seated) == [("pengelola", "operator", "ID")]


def test_its_last_word_is_the_next_step(ready: tuple[Installation, str, str]) -> None:
    made, first, second = ready
    for output in (first, second):
        assert output.rstrip().endswith(f"http://localhost:{made.port}/setup/")
        assert "timpora start" in output


def test_a_second_run_changes_nothing_and_says_what_is_there(ready: tuple[Installation, str, str]) -> None:
    made, _first, second = ready
    assert second.count("is there") == 6
    assert "done now" not in second
    before = rows(made, "SELECT max(number) FROM ledger_entry")
    key = (made.folder / "vault-keys").read_bytes()
    said(made, *words(made))
    assert rows(made, "SELECT max(number) FROM ledger_entry") == before
    assert (made.folder / "vault-keys").read_bytes() == key


def test_each_thing_made_has_its_entry_in_a_sound_ledger(ready: tuple[Installation, str, str]) -> None:
    made, _first, _second = ready
    actions = {str(action) for (action,) in rows(made, "SELECT action FROM ledger_entry")}
    assert actions >= {
        "vault.created",
        "areas.loaded",
        "agency.listed",
        "office.opened",
        "office.assigned",
        "user.enrolled",
        "post.opened",
        "mandate.granted",
        "user.secret_changed",
    }
    assert "entries fit" in made.run("ledger", "verify").stdout


def test_the_secret_opens_the_checklist_and_is_printed_nowhere(ready: tuple[Installation, str, str]) -> None:
    made, first, second = ready
    assert SECRET not in first + second
    check = (
        "import django; django.setup()\n"
        "from timpora.team.models import User\n"
        f"assert User.objects.get(username='pengelola').check_password({SECRET!r})\n"
    )
    environment = made.all_environment() | {"DJANGO_SETTINGS_MODULE": "timpora.settings"}
    subprocess.run([made.words()[0], "-c", check], env=environment, check=True, timeout=60)


def test_the_doctor_finds_an_office_its_area_and_its_operator(ready: tuple[Installation, str, str]) -> None:
    made, _first, _second = ready
    report = made.run("doctor", check=False).stdout
    assert "kanim-pati (2 kabupaten/kota)" in report
    assert "all numbers are sealed with key 1" in report
    assert "the operator has not signed in yet" in report
    assert "steps of the first day are done; next: Letterhead" in report
    # How full the disk is says something of the machine that tests.
    problems = [x for x in report.splitlines() if x.startswith("PROBLEM") and "GB free" not in x]
    assert problems == ["PROBLEM  the background worker has never run here"]


def test_the_doctor_notices_a_key_file_of_another_installation(ready: tuple[Installation, str, str]) -> None:
    made, _first, _second = ready
    code = (
        "import django; django.setup()\n"
        "from timpora import vault\n"
        "from timpora.reports.models import Draft\n"
        "from timpora.team.models import Mandate\n"
        "Draft.objects.keep(by=Mandate.objects.get(), values={'names': 'half typed'})\n"
    )
    environment = made.all_environment() | {"DJANGO_SETTINGS_MODULE": "timpora.settings"}
    subprocess.run([made.words()[0], "-c", code], env=environment, check=True, timeout=60)
    made.environment["VAULT_KEYS"] = str(made.folder / "another-key")
    assert "put the copy of the key file back" in made.run("vault", "create", check=False).stderr
    Vault.create(made.folder / "other" / "vault-keys")
    made.environment["VAULT_KEYS"] = str(made.folder / "other" / "vault-keys")
    assert "does not open what stands in reports.draft" in made.run("doctor", check=False).stdout
    del made.environment["VAULT_KEYS"]


# --- the operator's slip ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str]:
    """`timpora init` without a single option: a slip for the operator, and no office yet."""
    made = installed.copy(installed.tables(), tmp_path_factory.mktemp("bare"))
    made.run("areas", "load", "--only", "33.18.01")
    return made, said(made)


def code_of(output: str) -> str:
    return output.split("one-time code")[1].split()[0]


def test_without_options_there_is_a_slip_and_the_office_is_missing(loaded: tuple[Installation, str]) -> None:
    made, output = loaded
    assert "user name      operator" in output
    assert f"http://localhost:{made.port}/join/" in output
    assert "missing   office" in output
    assert len(code_of(output)) == 11
    kept = rows(made, "SELECT code_digest FROM team_invitation")
    assert code_of(output) not in str(kept)


def test_a_lost_slip_is_printed_anew_and_the_old_code_ends(loaded: tuple[Installation, str]) -> None:
    made, output = loaded
    assert "one-time code" not in said(made)
    again = said(made, "--new-slip")
    assert code_of(again) != code_of(output)
    assert rows(made, "SELECT count(*) FROM team_invitation WHERE revoked_at IS NULL") == [(1,)]


def test_a_slip_for_somebody_else_is_refused(loaded: tuple[Installation, str]) -> None:
    made, _output = loaded
    assert "--operator operator" in refused(made, "--new-slip", "--operator", "nobody")


@pytest.fixture
def loading_done(db: None) -> None:
    """A database with a few areas, so that a run in this process loads no more."""
    loading.load(only=("33.18.01",))


@pytest.mark.parametrize(
    ("given", "typed", "sentence"),
    [
        (["--operator", "a b"], "", "user name"),
        (["--operator", "pengelola", "--secret-from-stdin"], "123456\n", "ten characters"),
        (["--operator", "pengelola", "--secret-from-stdin"], "", "no password on stdin"),
    ],
)
def test_an_operator_who_cannot_be_is_refused_and_not_half_made(
    loading_done: None, monkeypatch: pytest.MonkeyPatch, given: list[str], typed: str, sentence: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(CommandError, match=sentence):
        call_command("init", "--no-input", *given)
    assert not User.objects.exists()
    assert not Post.objects.exists()


@pytest.mark.parametrize("code", ["kanim-bulan", "kanim-pati"])
def test_an_office_that_no_file_has_is_refused_before_a_code_is_printed(
    loading_done: None, code: str
) -> None:
    with pytest.raises(CommandError, match="kanim-semarang"):
        call_command("init", "--no-input", "--office-code", code)
    assert not Invitation.objects.exists()


class Terminal(io.StringIO):
    """A stdin that somebody sits at."""

    def isatty(self) -> bool:
        return True


def test_somebody_at_the_terminal_is_asked_and_enter_takes_the_proposal(
    loading_done: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return ""

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(
        "timpora.desk.management.commands.init.ask", lambda question, read=None: answer(question)
    )
    call_command("init")
    assert len(asked) == 3
    assert User.objects.get().username == "operator"
    assert "one-time code" in capsys.readouterr().out
    asked.clear()
    call_command("init")
    assert [question.partition(":")[0] for question in asked] == ["Office"]


def test_a_demo_is_not_made_into_an_office(installation: Installation) -> None:
    installation.data.mkdir(mode=0o700)
    (installation.data / "demo").write_text("ready\n")
    assert "holds the demo" in refused(installation)


# --- a start without a safe key ---------------------------------------------------------------------------


def test_start_is_refused_while_others_can_read_the_vault_key(ready: tuple[Installation, str, str]) -> None:
    made, _first, _second = ready
    (made.folder / "vault-keys").chmod(0o640)
    done = made.run("start", check=False)
    (made.folder / "vault-keys").chmod(0o600)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "chmod 600" in done.stderr


def test_on_an_empty_machine_start_names_init(installation: Installation) -> None:
    done = installation.run("start", check=False)
    assert "timpora init" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_doctor_says_when_the_mail_server_cannot_be_used(settings: Any) -> None:
    assert doctor.email().ok is None
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    found = doctor.email()
    assert found.ok is False
    assert "EMAIL_HOST" in found.remedy
