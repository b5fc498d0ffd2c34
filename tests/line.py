"""A bad line between a browser and a server: cut, cut in mid-request, slow, or losing what passes over it."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any


@dataclass
class Line:
    """Listens on a port of its own and passes each request on to `port`, as long as it lets it through.

    `requests` and `answers` are the shares lost, `latency` seconds before each answer, `rate` bytes a second.
    Of `swallows` ("POST /outbox/items/") the next answer is lost, once; then it is empty again.
    """

    port: int
    cut: bool = False
    requests: float = 0.0
    answers: float = 0.0
    latency: float = 0.0
    rate: float = 0.0
    swallows: str = ""
    chance: Random = field(default_factory=lambda: Random(7))
    passed: int = 0
    lost: int = 0

    def __post_init__(self) -> None:
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.line = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    line: Line

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is what this line is for."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        line = self.server.line
        if line.cut:
            return
        asked = _whole(self.request)
        if not asked or line.chance.random() < line.requests:
            line.lost += 1
            return
        answer = _passed_on(asked, line.port)
        if line.swallows and asked.startswith(line.swallows.encode()):
            line.swallows = ""
            line.lost += 1
            return
        if line.cut or line.chance.random() < line.answers:
            line.lost += 1
            return
        time.sleep(line.latency)
        line.passed += 1
        if line.rate:
            for at in range(0, len(answer), 1024):
                self.request.sendall(answer[at : at + 1024])
                time.sleep(1024 / line.rate)
        else:
            self.request.sendall(answer)


def _whole(connection: socket.socket) -> bytes:
    """One request with its body, to be answered on a connection that ends with it."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        part = connection.recv(65536)
        if not part:
            return b""
        asked += part
    head, _, body = asked.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    length = next((int(each[15:]) for each in lines if each.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            return b""
        body += part
    kept = [each for each in lines if not each.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""]) + body


def _passed_on(asked: bytes, port: int) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as behind:
            behind.sendall(asked)
            parts = []
            while part := behind.recv(65536):
                parts.append(part)
        return b"".join(parts)
    except OSError:
        return b""
