"""Two confirmations at the same moment must not make two persons of one passport."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import connection


def own_database() -> str:
    """The DATABASE_URL of an empty database beside the one under test; "" on SQLite (a file of its own)."""
    if connection.vendor != "postgresql":
        return ""
    found = connection.settings_dict
    name = f"race_{uuid.uuid4().hex}"
    with psycopg.connect(
        host=found["HOST"] or found["OPTIONS"].get("host"),
        user=found["USER"],
        dbname="postgres",
        autocommit=True,
    ) as session:
        session.execute(f"CREATE DATABASE {name}")  # nosec B608: a name of our own making
    return os.environ["DATABASE_URL"].replace("@/timpora", f"@/{name}")


@pytest.mark.django_db
def test_two_simultaneous_confirmations_of_one_passport_make_one_person_and_one_claim(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "timpora.settings"}
    environment["DATABASE_TIMEOUT"] = "120"  # SQLite serves whom it likes first: the last one waits for all
    url = own_database()
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.race"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "faults": [], "persons": 1, "claims": 1, "people": 1, "waiting": 0, "sound": True,
    }  # fmt: skip
