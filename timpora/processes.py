"""Child processes that live and end together."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

GRACE = 10.0  # seconds a child has to finish what it is doing
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


@dataclass
class Child:
    """One process. With `again` it is started anew when it ends by itself, at most five times in a minute."""

    name: str
    command: list[str]
    environment: dict[str, str]
    again: bool = False
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Run the process in a group of its own, so a Ctrl-C in the terminal reaches only the parent."""
        self.starts = [*self.starts[-4:], time.monotonic()]
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent if sys.platform == "linux" else None,
        )

    def ended(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.process.poll() if self.process else 0

    def may_start(self) -> bool:
        """Whether one more start is worth a try."""
        return self.again and (len(self.starts) < 5 or time.monotonic() - self.starts[0] > 60)


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed, so nothing is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Household:
    """Several children; when one can't go on, or a signal comes, all are ended."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            child.start()

    def watch(self) -> int:
        """0 after a signal, 1 when a child ended and could not be kept up."""
        while not self.stop.wait(0.2):
            for child in self.children:
                code = child.ended()
                if code is None:
                    continue
                if not child.may_start():
                    said = _("%(name)s ended by itself (exit code %(code)s).")
                    print("timpora:", said % {"name": child.name, "code": code}, file=sys.stderr)
                    return 1
                child.start()
        return 0

    def end(self) -> None:
        """Ask every child to end, and end those that do not within the grace."""
        running = [child.process for child in self.children if child.process and child.ended() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
