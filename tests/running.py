"""A real installation of Timpora in a folder of its own, driven through its command as an operator does."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from timpora.vault import Vault

READY_WITHIN = 800.0  # seconds; a demo takes 20 on a quiet machine, a fault ends the waiting at once


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Installation:
    """A DATA folder, a vault key beside it and a port; `environment` is added to what its commands see."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: list["Running"] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "timpora.cli", *words]

    def all_environment(self) -> dict[str, str]:
        """Ours, without what the machine or the round sets for others."""
        others = ("DATABASE_URL", "DEMO", "SECRET_KEY", "HOST", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")
        kept = {name: value for name, value in os.environ.items() if name not in others}
        ours = {
            "DATA": str(self.data),
            "VAULT_KEYS": str(self.folder / "vault-keys"),
            "PORT": str(self.port),
            "HTTPS": "off",
            "LC_ALL": "en_US.UTF-8",  # what the tests read; test_language.py asks in both
        }
        return {**kept, **ours, **self.environment}

    def run(
        self, *words: str, check: bool = True, timeout: float = 500
    ) -> "subprocess.CompletedProcess[str]":
        """One command to its end. With `check`, a failure raises AssertionError with what it said."""
        done = subprocess.run(
            self.words(*words),
            env=self.all_environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert not check or done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done

    def make_vault(self) -> None:
        """A vault key where VAULT_KEYS points."""
        Vault.create(self.folder / "vault-keys")

    def start(self, *words: str) -> "Running":
        """`timpora start` (or `words`), once its pages answer; AssertionError with its log otherwise."""
        log = (self.folder / f"log-{len(self.running)}").open("w")
        process = subprocess.Popen(
            self.words(*(words or ("start",))),
            env=self.all_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started = Running(self, process, Path(log.name))
        self.running.append(started)
        started.wait_until_ready()
        return started

    def stop(self) -> None:
        for each in self.running:
            each.stop()


@dataclass
class Running:
    """A started installation."""

    installation: Installation
    process: "subprocess.Popen[bytes]"
    log_file: Path

    @property
    def url(self) -> str:
        """Without a slash at the end: `live.url + "/sign-in/"`."""
        return f"http://localhost:{self.installation.port}"

    def run(self, *words: str) -> str:
        """What one command of the same installation printed."""
        return self.installation.run(*words).stdout

    def log(self) -> str:
        """All that was printed so far."""
        return self.log_file.read_text()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.log()}"
            if "is ready" in self.log():
                return
            time.sleep(0.05)
        raise AssertionError(f"not ready within {READY_WITHIN} s:\n{self.log()}")

    def status(self, path: str = "/sign-in/", host: str = "127.0.0.1") -> int:
        """The HTTP status of a page."""
        try:
            with urllib.request.urlopen(
                f"http://{host}:{self.installation.port}{path}", timeout=60
            ) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as fault:
            return fault.code

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """The exit code after the signal."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=120)
