"""`timpora start`: the web server and the background worker, as two children of one process."""

import hashlib
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from timpora import __version__, doctor
from timpora.processes import Child, Household

READY_WITHIN = 60.0  # seconds


def start(words: list[str]) -> int:
    """0 after a clean stop, 1 when the installation is not fit to start or a part of it failed."""
    # Without these, starting would hide a mistake: an empty database in a wrong folder, a lost key.
    # The database comes first, because on the first day `timpora init` makes the key as well.
    insist(doctor.database, doctor.vault_key, doctor.migrations)
    return serve(_("Ctrl-C stops it."))


def insist(*checks: Callable[[], doctor.Finding]) -> None:
    """Raises ImproperlyConfigured, in one sentence with the remedy, for the first that does not hold."""
    for check in checks:
        finding = check()
        if finding.ok is False:
            raise ImproperlyConfigured(f"{finding.says}: {finding.remedy}.")


def serve(greeting: str) -> int:
    """Both processes until a signal comes; `greeting` is printed below the address once pages answer."""
    port_is_free()
    call_command("createcachetable")
    collect_static()
    connection.close()
    household = Household([web(), background()])
    household.start()
    try:
        if answers(household):
            ready = _("Timpora %(version)s is ready: %(address)s")
            print(ready % {"version": __version__, "address": address()}, greeting, sep="\n", flush=True)
        return household.watch()
    finally:
        household.end()


def address() -> str:
    """Where a browser on this machine finds the pages; passkeys need the name, not the number."""
    return f"http://localhost:{settings.PORT}/"


def web() -> Child:
    """granian with the number of processes and threads that the database bears."""
    words = [
        "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT),
        "--workers", str(settings.WEB_WORKERS), "--blocking-threads", str(settings.WEB_THREADS),
        "--http", "1", "--no-ws", "--workers-kill-timeout", "5", "--respawn-failed-workers",
        "--log-level", "error", "timpora.wsgi:application",
    ]  # fmt: skip
    return Child(_("the web server"), [sys.executable, "-m", "granian", *words], environment())


def background() -> Child:
    """The background worker; it is started again should it fail."""
    return Child(
        _("the background worker"), [sys.executable, "-m", "timpora.cli", "worker"], environment(), again=True
    )


def environment() -> dict[str, str]:
    """The children's environment, without granian's own variables: they could open another address."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRANIAN_")}
    return {**kept, "DATA": str(settings.DATA), "PYTHONUNBUFFERED": "1"}


def port_is_free() -> None:
    """Raises ImproperlyConfigured when another program listens already."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except (OSError, OverflowError) as fault:
            why = getattr(fault, "strerror", None) or _("not a port")
            raise ImproperlyConfigured(
                _(
                    "Port %(port)s on %(host)s can't be used (%(why)s): "
                    "stop the program that has it, or give another one in PORT."
                )
                % {"port": settings.PORT, "host": settings.HOST, "why": why}
            ) from None


def answers(household: Household) -> bool:
    """Wait until the web server answers any request at all; False when it ended or the stop came first."""
    everywhere = settings.HOST == "0.0.0.0"  # nosec B104 # compared, not bound
    host = "127.0.0.1" if everywhere else settings.HOST
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}/sign-in/"
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and not household.stop.wait(0.1):
        if household.children[0].ended() is not None:
            return False
        try:
            with urllib.request.urlopen(url, timeout=5):  # nosec B310 # our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            continue
    return False


def collect_static() -> None:
    """Gather the static files under hashed, compressed names, unless nothing changed since last time."""
    stamp = settings.STATIC_ROOT / "stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    settings.STORAGES["staticfiles"]["BACKEND"] = "timpora.assets.HashedFiles"
    make_room()
    # htmx carries extensions we never load, whose comments the rewriting of imports stumbles over.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["ext"])
    stamp.write_text(now)


def make_room() -> None:
    """Removes what was collected before, but what a server that runs on the same DATA may still be asked for:
    its manifest and the files that stand in it.
    """
    root = settings.STATIC_ROOT
    manifest = root / "staticfiles.json"
    used = set(json.loads(manifest.read_text())["paths"].values()) if manifest.exists() else set()
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path != manifest and name.removesuffix(".gz").removesuffix(".br") not in used:
            path.unlink()


def fingerprint() -> str:
    """A hash over name, size and time of every static file there is."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
