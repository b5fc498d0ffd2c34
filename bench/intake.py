"""Reports through the page's own address, session, CSRF check and form, beside a bare view."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.engines import ENGINES, engine, program
from tests.running import free_port

SECONDS = int(os.environ.get("SECONDS", "10"))


@contextmanager
def serving(application: str, environment: dict[str, str], *, workers: int, threads: int) -> Iterator[str]:
    """The address of granian with one application."""
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--http",
        "1",
        "--no-ws",
        "--log-level",
        "error",
        application,
    ]
    process = subprocess.Popen([sys.executable, "-m", "granian", *words], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/sign-in/", timeout=2)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def load(
    address: str, path: str, clients: int, expect: int, run: int, environment: dict[str, str]
) -> dict[str, Any]:
    """What wrk measured: requests a second and latencies in milliseconds; raises over any other answer."""
    given = {**environment, "COUNT": str(clients), "EXPECT": str(expect), "RUN": str(run), "ORIGIN": address}
    words = [
        "wrk",
        "-t",
        "1" if clients == 1 else "2",
        "-c",
        str(clients),
        "-d",
        f"{SECONDS}s",
        "-s",
        str(Path(__file__).with_name("intake.lua")),
        address + path,
    ]
    done = subprocess.run(words, env=given, capture_output=True, text=True, check=True)
    wrong = {line for line in done.stdout.splitlines() if line.startswith("status ")}
    if wrong:
        raise RuntimeError(f"{path} answered {sorted(wrong)}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found | {"rate": found["requests"] / found["seconds"]}


def measure(name: str) -> list[dict[str, Any]]:
    """Rows for one engine: both applications with 1 and 16 clients."""
    rows = []
    with engine(name) as environment, tempfile.NamedTemporaryFile("w", suffix=".clients") as cookies:
        signed_in = program("bench.intake_world", environment=environment)
        cookies.write("".join(f"{each['cookie']}\t{each['token']}\n" for each in signed_in))
        cookies.flush()
        given = {**environment, "CLIENTS": cookies.name}
        cores = os.cpu_count() or 1
        workers, threads = min(2, cores) if name == "SQLite" else cores, 2
        # The bare view is given what is best for it: several writers of SQLite would only slow each other.
        alone = 1 if name == "SQLite" else workers
        for run, clients in enumerate((1, 16)):
            with serving("bench.bare:application", given, workers=alone, threads=threads) as address:
                bare = load(address, "/bare/", clients, 200, run, given)
            with serving("timpora.wsgi:application", given, workers=workers, threads=threads) as address:
                full = load(address, "/reports/new/", clients, 303, run, given)
            rows.append({"engine": name, "clients": clients, "bare": bare, "full": full})
        found = program("bench.intake_check", environment=environment)[0]
        sent = sum(row["full"]["requests"] for row in rows)
        # A request cut off at the end of a run may or may not have been taken in.
        assert sent <= found["reports"] <= sent + 64, (sent, found)
        assert found["sound"], found
    return rows


if __name__ == "__main__":
    for engine_name in ENGINES:
        for row in measure(engine_name):
            print(json.dumps(row), flush=True)
