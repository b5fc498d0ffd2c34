"""The queue of writers on SQLite, with real threads on a real file."""

import textwrap
from collections.abc import Callable

import pytest

from tests.running import Installation

pytestmark = pytest.mark.sqlite

Script = Callable[[str], str]

BEGIN = """
import threading, time
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

def write(name):
    with transaction.atomic():
        ContentType.objects.create(app_label="test", model=name)

def thread(function, *arguments):
    def run():
        try:
            function(*arguments)
        finally:
            connection.close()
    made = threading.Thread(target=run)
    made.start()
    return made
"""


@pytest.fixture
def said(installation: Installation) -> Script:
    """What a script printed, run in an installation of its own."""
    installation.environment["DATABASE_TIMEOUT"] = "60"
    installation.run("migrate", "contenttypes", "--verbosity", "0")

    def run(script: str) -> str:
        return installation.run("shell", "--no-imports", "-c", BEGIN + textwrap.dedent(script)).stdout.strip()

    return run


def test_a_second_writer_waits_until_the_first_has_committed(said: Script) -> None:
    script = """
    with transaction.atomic():
        ContentType.objects.create(app_label="test", model="first")
        other = thread(write, "second")
        time.sleep(0.2)
        print(other.is_alive())
    other.join()
    print(ContentType.objects.filter(app_label="test").count())
    """
    assert said(script).split() == ["True", "2"]


@pytest.mark.parametrize("ending", ["raise ValueError", "connection.close()"])
def test_the_turn_is_given_back_however_a_transaction_ends(said: Script, ending: str) -> None:
    script = f"""
    try:
        with transaction.atomic():
            ContentType.objects.create(app_label="test", model="first")
            {ending}
    except Exception:
        pass
    thread(write, "second").join()
    print(ContentType.objects.filter(app_label="test").values_list("model", flat=True).get())
    """
    assert said(script) == "second"


def test_a_turn_that_does_not_come_in_time_is_a_locked_database(
    said: Script, installation: Installation
) -> None:
    installation.environment["DATABASE_TIMEOUT"] = "0.5"
    script = """
    def late():
        try:
            write("second")
        except Exception as fault:
            print(type(fault).__name__, fault)
    with transaction.atomic():
        thread(late).join()
    """
    assert said(script).startswith("OperationalError database is locked")


def test_many_threads_lose_nothing(said: Script) -> None:
    script = """
    def many(name):
        for number in range(20):
            write(f"{name}-{number}")
    threads = [thread(many, f"t{n}") for n in range(8)]
    [each.join() for each in threads]
    print(ContentType.objects.filter(app_label="test").count())
    """
    assert said(script) == "160"
