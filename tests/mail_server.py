"""A mail server of the tests' own: real SMTP on a port of 127.0.0.1, keeping what it took."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """`port` to give to EMAIL_PORT; `taken` messages; addresses in `refusing` are not accepted."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)


@contextmanager
def running() -> Iterator[MailServer]:
    """A server for the time of the block."""
    server = MailServer()
    handler = type("Kept", (Conversation,), {"kept": server})
    listening = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    listening.daemon_threads = True
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    listening.shutdown()
    listening.server_close()
    thread.join()


class Conversation(socketserver.StreamRequestHandler):
    """One connection, in the few words of RFC 5321 that a client needs."""

    kept: MailServer

    def handle(self) -> None:
        self.say("220 tests")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()
            if word.startswith("RCPT") and any(a.upper() in word for a in self.kept.refusing):
                self.say("550 no such mailbox")
            elif word == "DATA":
                self.say("354 go on")
                self.kept.taken.append(self.letter())
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 tests")

    def letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found: EmailMessage = message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[assignment]
        return found

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
