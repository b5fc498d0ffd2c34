"""The turn of SQLite's writers, over several processes."""

import errno
import fcntl
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from timpora.sqlite.turn import Turn, turn_at

HOLD = """
import sys, time
from pathlib import Path
from timpora.sqlite.turn import Turn
turn = Turn(Path(sys.argv[1]))
print(turn.take(10), flush=True)
time.sleep(float(sys.argv[2]))
turn.give_back()
print("gave it back", flush=True)
sys.stdin.read()
"""


def holder(file: Path, seconds: float) -> "subprocess.Popen[str]":
    """Another process that has the turn by now and keeps it for so long, alive until it is killed."""
    words = [sys.executable, "-c", textwrap.dedent(HOLD), str(file), str(seconds)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline().strip() == "True"
    return process


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "timpora.sqlite3-turn"


def test_another_process_waits_and_then_has_it(file: Path) -> None:
    other = holder(file, 2)
    mine = Turn(file)
    assert not mine.take(0.01)
    assert mine.take(10)
    mine.give_back()
    other.kill()
    other.wait()


def test_a_process_that_dies_gives_it_back(file: Path) -> None:
    other = holder(file, 600)
    mine = Turn(file)
    assert not mine.take(0.05)
    other.kill()
    other.wait()
    assert mine.take(10)


def test_a_turn_that_was_missed_does_not_block_this_process(file: Path) -> None:
    other = holder(file, 600)
    mine = Turn(file)
    assert [mine.take(0.01), mine.take(0.01)] == [False, False]
    other.kill()
    other.wait()
    assert mine.take(10)


def test_a_fault_of_the_disk_does_not_block_this_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Turn(file)
    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOLCK, "no locks")))
        with pytest.raises(OSError, match="no locks"):
            mine.take(1)
    assert mine.take(1)


def test_a_database_in_memory_has_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    turn = turn_at("file:memory_test?mode=memory&cache=shared")
    assert turn.take(1)
    turn.give_back()
    assert list(tmp_path.iterdir()) == []


def test_threads_that_ask_first_at_the_same_moment_wait_for_one_turn(tmp_path: Path) -> None:
    for number in range(60):
        database, together = str(tmp_path / f"{number}.sqlite3"), threading.Barrier(8)

        def ask(database: str = database, together: threading.Barrier = together) -> Turn:
            together.wait()
            return turn_at(database)

        with ThreadPoolExecutor(8) as pool:
            assert len({id(asked.result()) for asked in [pool.submit(ask) for _thread in range(8)]}) == 1
