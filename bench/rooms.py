"""What open rooms cost: each asks, through session, mandate and audience, what is new, and nothing is."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.engines import ENGINES, engine, program
from bench.intake import SECONDS, serving

OPEN = 300  # rooms open at once, each in a browser of its own
EVERY = 2.0  # seconds between two askings of one (static/js/live.js)
CLIENTS = 16


def measure(name: str) -> dict[str, Any]:
    """One engine: how many askings a second are answered at most, in what time, and what share of them
    the open rooms ask for.
    """
    with engine(name) as environment, tempfile.NamedTemporaryFile("w", suffix=".clients") as kept:
        signed_in = program("bench.rooms_world", str(OPEN), environment=environment)
        lines = [f"{each['cookie']}\t{each['path']}\t{each['tag']}\n" for each in signed_in]
        kept.write("".join(lines))
        kept.flush()
        cores = os.cpu_count() or 1
        workers = min(2, cores) if name == "SQLite" else cores
        with serving("timpora.wsgi:application", environment, workers=workers, threads=2) as address:
            _load(address, kept.name, 1)  # what is loaded and prepared once is not measured
            found = _load(address, kept.name, SECONDS)
    asked = OPEN / EVERY
    return {"engine": name, "asked": asked, "share": asked / found["rate"], **found}


def _load(address: str, clients: str, seconds: int) -> dict[str, Any]:
    """What wrk measured: answers a second, milliseconds; raises over any answer but 304."""
    script = str(Path(__file__).with_name("rooms.lua"))
    words = ["wrk", "-t", "2", "-c", str(CLIENTS), "-d", f"{seconds}s", "-s", script, address]
    done = subprocess.run(
        words, env={**os.environ, "CLIENTS": clients}, capture_output=True, text=True, check=True
    )
    wrong = {line for line in done.stdout.splitlines() if line.startswith("status ")}
    if wrong:
        raise RuntimeError(f"an open room was answered {sorted(wrong)}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found | {"rate": found["requests"] / found["seconds"]}


if __name__ == "__main__":
    for engine_name in ENGINES:
        print(json.dumps(measure(engine_name)), flush=True)
