"""Rapid messages with repeats, out of order, while the worker is killed: none is lost, none is answered
twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUNS = os.environ.get("STORM_RUNS", "6")  # `make bench` has 50


@pytest.mark.long
@pytest.mark.sqlite
def test_in_a_storm_no_message_is_lost_and_none_is_answered_twice(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"DATA": str(tmp_path / "data"), "VAULT_KEYS": str(tmp_path / "keys"), "HTTPS": "off"}
    (tmp_path / "data").mkdir(mode=0o700)
    words = [sys.executable, "-m", "tests.inbound.storm", RUNS]
    done = subprocess.run(
        words, env={**kept, **ours}, capture_output=True, text=True, check=False, timeout=560
    )
    assert done.returncode == 0, done.stderr[-3000:]
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(figures)
    assert figures["kills"] == int(RUNS)
    assert figures["deliveries"] > figures["messages"] / 3
    assert (figures["lost"], figures["doubled"]) == (0, 0), figures
    assert figures["unread"] == 0, figures
