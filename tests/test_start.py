"""`timpora start`, `demo` and `doctor` as an operator meets them: real processes on a DATA of their own."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import installed
from tests.running import Installation, Running

pytestmark = [pytest.mark.sqlite, pytest.mark.long]


def one_line(said: "subprocess.CompletedProcess[str]") -> str:
    """What a refused command said, which must be one line on stderr and an exit code that shows it."""
    assert said.returncode == 1, said.stdout + said.stderr
    assert said.stderr.count("\n") == 1, said.stderr
    assert said.stderr.startswith("timpora: ")
    return said.stderr


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Installation]:
    made = installed.copy(installed.tables(), tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A second `timpora demo`, on what the first one made and left."""
    made = installed.copy(installed.demo(), tmp_path_factory.mktemp("demo"))
    made.environment |= installed.OPEN_TO_ALL
    yield made.start("demo")
    made.stop()


def test_start_serves_pages_runs_the_worker_and_stops_cleanly(migrated: Installation) -> None:
    started = migrated.start()
    assert started.status() in (200, 404)
    seen = migrated.data / "worker-seen"
    until = time.monotonic() + 60
    while not seen.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert seen.exists()
    assert started.stop(signal.SIGTERM) == 0
    assert "Traceback" not in started.log()


def test_ctrl_c_ends_web_and_worker(migrated: Installation) -> None:
    started = migrated.start()
    children = _children(started.process.pid)
    assert len(children) == 2
    assert started.stop(signal.SIGINT) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_a_killed_parent_leaves_no_process_behind(migrated: Installation) -> None:
    started = migrated.start()
    children = _children(started.process.pid)
    started.process.kill()
    started.process.wait()
    until = time.monotonic() + 60
    while time.monotonic() < until and any(_alive(child) for child in children):
        time.sleep(0.1)
    assert not [child for child in children if _alive(child)]


def test_a_worker_that_dies_is_started_again(migrated: Installation) -> None:
    started = migrated.start()
    web, worker = sorted(_children(started.process.pid), key=_is_worker)
    os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        now = _children(started.process.pid)
        if len(now) == 2 and worker not in now:
            break
        time.sleep(0.1)
    assert web in now
    assert worker not in now
    assert started.process.poll() is None


def test_a_port_in_use_is_named_in_one_line(migrated: Installation) -> None:
    migrated.start()
    assert str(migrated.port) in one_line(migrated.run("start", check=False))


def test_start_over_no_database_says_what_to_run(installation: Installation) -> None:
    installation.make_vault()
    assert "timpora init" in one_line(installation.run("start", check=False))
    assert not (installation.data / "timpora.sqlite3").exists()


@pytest.mark.parametrize("words", [("counts", "ID"), ("worker",), ("ledger", "verify"), ("clearsessions",)])
def test_a_command_over_no_database_says_so_and_makes_nothing(
    installation: Installation, words: tuple[str, ...]
) -> None:
    away = installation.folder / "wrong" / "data"
    installation.environment["DATA"] = str(away)
    said = one_line(installation.run(*words, check=False))
    assert f"no database {away}" in said and "timpora init" in said
    assert not away.parent.exists()


def test_start_over_tables_of_an_older_version_says_what_to_run(migrated: Installation) -> None:
    migrated.run("migrate", "sessions", "zero", "--verbosity", "0")
    assert "timpora migrate" in one_line(migrated.run("start", check=False))


def test_start_is_refused_while_the_vault_key_lies_inside_data(migrated: Installation) -> None:
    inside = migrated.data / "vault-keys"
    (migrated.folder / "vault-keys").rename(inside)
    migrated.environment["VAULT_KEYS"] = str(inside)
    said = one_line(migrated.run("start", check=False))
    assert "VAULT_KEYS" in said


def test_start_is_refused_without_a_vault_key(migrated: Installation) -> None:
    (migrated.folder / "vault-keys").unlink()
    assert "vault" in one_line(migrated.run("start", check=False))


def test_a_locked_database_is_one_line(migrated: Installation) -> None:
    migrated.environment["DATABASE_TIMEOUT"] = "0.2"
    with sqlite3.connect(migrated.data / "timpora.sqlite3", isolation_level=None) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked" in one_line(migrated.run("clearsessions", check=False))
        assert "locked" in one_line(migrated.run("start", check=False))


def test_a_full_disk_is_one_line(migrated: Installation) -> None:
    # SQLite reports a file that may not grow exactly as it reports a full disk.
    migrated.environment["PYTHONPATH"] = str(migrated.folder)
    (migrated.folder / "sitecustomize.py").write_text(
        "import sqlite3, sqlite3.dbapi2\n"
        "connect = sqlite3.dbapi2.connect\n"
        "def full(*a, **k):\n"
        "    made = connect(*a, **k)\n"
        "    made.execute('PRAGMA max_page_count=1')\n"
        "    return made\n"
        "sqlite3.connect = sqlite3.dbapi2.connect = full\n"
    )
    (migrated.data / "timpora.sqlite3").unlink()
    for rest in ("-wal", "-shm"):
        (migrated.data / f"timpora.sqlite3{rest}").unlink(missing_ok=True)
    assert "full" in one_line(migrated.run("migrate", "--verbosity", "0", check=False))


def test_a_file_that_is_no_database_is_one_line(migrated: Installation) -> None:
    (migrated.data / "timpora.sqlite3").write_bytes(b"not a database at all, but long enough to be read" * 20)
    assert "damaged" in one_line(migrated.run("start", check=False))


def test_data_that_cannot_be_made_is_one_line(installation: Installation) -> None:
    (installation.folder / "file").write_text("")
    installation.environment["DATA"] = str(installation.folder / "file" / "data")
    assert "DATA" in one_line(installation.run("start", check=False))


def test_data_that_cannot_be_written_is_one_line(installation: Installation) -> None:
    installation.environment["DATA"] = "/proc"  # not even root writes there
    assert "DATA" in one_line(installation.run("start", check=False))


def test_a_postgresql_that_does_not_answer_is_one_line(installation: Installation) -> None:
    installation.make_vault()
    installation.environment["DATABASE_URL"] = "postgres://timpora@127.0.0.1:1/timpora"
    assert "PostgreSQL can't be reached" in one_line(installation.run("start", check=False))


@pytest.mark.parametrize("url", ["zzz", "mysql://root:secret@localhost/x"])
def test_a_database_of_another_kind_is_one_line_without_its_password(
    installation: Installation, url: str
) -> None:
    installation.environment["DATABASE_URL"] = url
    said = one_line(installation.run("start", check=False))
    assert "DATABASE_URL" in said and "postgres://" in said and "secret" not in said


def test_a_setting_of_the_wrong_kind_is_one_line(installation: Installation) -> None:
    installation.environment["PORT"] = "eighty"
    assert "eighty" in one_line(installation.run("check", check=False))


def test_the_demo_listens_on_this_machine_only_whatever_else_is_set(demo: Running) -> None:
    assert demo.status() in (200, 404)
    port = f":{demo.installation.port:04X}"
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()
    ]
    listening = {words[1] for words in lines if words[1].endswith(port) and words[3] == "0A"}
    assert listening == {f"0100007F{port}"}


def test_the_demo_shows_its_accounts(demo: Running) -> None:
    assert all(name in demo.log() for name in ("desa", "kanwil", "operator", "timpora-demo"))


def test_a_demo_that_was_interrupted_is_made_anew() -> None:
    made = installed.demo()
    assert "Making" in (made / "log-0").read_text()
    assert (made / "data" / "demo").read_text() == "ready\n"


def test_a_second_program_with_newer_files_leaves_a_running_one_its_stylesheet(
    migrated: Installation,
) -> None:
    static = migrated.data / "static"

    def collected() -> None:
        (static / "stamp").unlink(missing_ok=True)
        migrated.run("shell", "-c", "from timpora.serve import collect_static; collect_static()")

    collected()
    manifest = json.loads((static / "staticfiles.json").read_text())
    in_use, forgotten = static / "timpora.000000000001.css", static / "timpora.000000000002.css"
    for path in (in_use, forgotten):
        path.write_text("of an older version")
    manifest["paths"]["timpora.css"] = in_use.name
    (static / "staticfiles.json").write_text(json.dumps(manifest))
    collected()
    assert in_use.exists() and not forgotten.exists()
    now = json.loads((static / "staticfiles.json").read_text())["paths"]
    assert all((static / name).exists() for name in now.values())
    collected()
    assert not in_use.exists()


def test_a_second_start_of_the_demo_keeps_the_data(demo: Running) -> None:
    assert "Making" not in demo.log()


def test_the_demo_refuses_a_real_database(migrated: Installation) -> None:
    assert "not a demo" in one_line(migrated.run("demo", check=False))


def test_the_doctor_names_each_remedy(installation: Installation) -> None:
    said = installation.run("doctor", check=False)
    assert said.returncode == 1
    assert "timpora init" in said.stdout
    assert "timpora vault create" in said.stdout
    assert "Traceback" not in said.stdout + said.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(installation: Installation) -> None:
    installation.run("check")
    path = installation.data / "secret-key"
    first = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(first) > 40
    installation.run("check")
    assert path.read_text() == first


def test_help_lists_our_commands_first(installation: Installation) -> None:
    said = installation.run("help").stdout
    assert said.index("start") < said.index("migrate")
    assert "sqlsequencereset" not in said
    assert "sqlsequencereset" in installation.run("help", "--all").stdout


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False  # it went while it was looked at


def _is_worker(pid: int) -> bool:
    return b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
