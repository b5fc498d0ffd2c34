"""A PostgreSQL of our own for as long as a `with` lasts: private socket, no port, gone afterwards.

with cluster() as url:
    …  # DATABASE_URL of an empty database
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from timpora.processes import end_with_parent

# Statistics are not kept either: those of rows that a test has rolled back mislead the planner for minutes.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")
START_WITHIN = 30.0  # seconds


def binaries() -> Path | None:
    """The folder with initdb and postgres of the newest version found, or None."""
    candidates = [Path(path).parent for path in [shutil.which("initdb")] if path]
    if shutil.which("pg_config"):
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(said.stdout.strip()))
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda path: float(path.parent.name), reverse=True)
    complete = (path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists())
    return next(complete, None)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Yields the DATABASE_URL of an empty database; `durable` keeps fsync on, as the bench must.

    Raises RuntimeError when there are no binaries or the server does not come up.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("no PostgreSQL binaries were found")
    # Short on purpose: the path of a Unix socket may have about 100 characters.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    somebody = not_root(home)
    try:
        initialise(folder, home, somebody)
        server = serve(folder, home, somebody, durable)
        try:
            wait(home, server)
            yield f"postgres://timpora@/timpora?host={home}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast shutdown": open sessions are ended
            server.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def not_root(home: Path) -> dict[str, Any]:
    """Arguments of subprocess under which PostgreSQL agrees to run: it refuses to as root."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(home, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def initialise(folder: Path, home: Path, somebody: dict[str, Any]) -> None:
    """An empty cluster in `home`, whose only user is `timpora`, without a password."""
    words = ["--pgdata", home / "data", "--username", "timpora", "--auth", "trust", "--no-sync"]
    words += ["--locale", "C.UTF-8", "--encoding", "UTF8"]
    subprocess.run([folder / "initdb", *words], check=True, cwd=home, stdout=subprocess.DEVNULL, **somebody)


def serve(folder: Path, home: Path, somebody: dict[str, Any], durable: bool) -> "subprocess.Popen[bytes]":
    """The running server; it ends with us even when we are killed."""
    options = ["listen_addresses=", f"unix_socket_directories={home}", "max_connections=100"]
    words = [word for option in (*options, *(() if durable else QUICK)) for word in ("-c", option)]
    log = (home / "log").open("wb")
    return subprocess.Popen(
        [folder / "postgres", "-D", home / "data", *words],
        cwd=home,
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
        **somebody,
    )


def wait(home: Path, server: "subprocess.Popen[bytes]") -> None:
    """Make the database as soon as the server answers."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with psycopg.connect(
                host=str(home), user="timpora", dbname="postgres", autocommit=True
            ) as session:
                session.execute("CREATE DATABASE timpora")
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not come up:\n{(home / 'log').read_text()[-2000:]}")
