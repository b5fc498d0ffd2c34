"""Numbers given at the same moment have no gap and no double, also where some papers are not issued."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports.test_simultaneous import own_database


@pytest.mark.django_db
def test_simultaneous_papers_are_numbered_without_gap_or_double(tmp_path: Path) -> None:
    environment = {**os.environ, "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "timpora.settings"}
    environment["DATABASE_TIMEOUT"] = "120"  # SQLite serves whom it likes first: the last one waits for all
    url = own_database()
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, "-m", "tests.papers.race"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"faults": [], "gapless": True, "sound": True}
