"""A database of its own for each measurement: SQLite in a folder, PostgreSQL as a durable cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import postgres
from timpora.vault import Vault

ENGINES = ("SQLite", "PostgreSQL")


@contextmanager
def engine(name: str) -> Iterator[dict[str, str]]:
    """The environment under which a program of ours finds an empty database of this engine."""
    with tempfile.TemporaryDirectory(prefix="timpora-bench-") as folder:
        Vault.create(Path(folder) / "vault-keys")
        environment = {
            **os.environ,
            "DATA": f"{folder}/data",
            "VAULT_KEYS": f"{folder}/vault-keys",
            "HTTPS": "off",
            "DJANGO_SETTINGS_MODULE": "timpora.settings",
        }
        environment.pop("DATABASE_URL", None)
        if name == "SQLite":
            yield environment
            return
        with postgres.cluster(durable=True) as url:
            yield {**environment, "DATABASE_URL": url}


def program(module: str, *words: str, environment: dict[str, str]) -> list[dict[str, Any]]:
    """The rows that `python -m module` printed, one JSON object a line; raises when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
