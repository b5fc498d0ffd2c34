"""A provider of the tests' own: real HTTP on a port of 127.0.0.1 that speaks the Graph's shapes, its errors
and its limits, and refuses what the real one would refuse.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN, PHONE, SECRET, VERIFY = "the-token", "106540352242922", "the-secret", "the-word"
DISPLAY = "+62 811-0000-111"
USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{4,128}")
TEMPLATES = {(name, language) for name in ("timpora_task", "timpora_news") for language in ("id", "en")}


@dataclass
class Trouble:
    """What the server answers instead of taking the next message."""

    code: int
    status: int = 400
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None  # instead of the Graph's shape
    takes: bool = False  # takes the message all the same: the answer is what gets lost


@dataclass
class Graph:
    """`address` to give to WHATSAPP_GRAPH; `taken` messages; `troubles` to come; `asked` paths."""

    address: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    limit: str = "TIER_250"
    lock: threading.Condition = field(default_factory=threading.Condition)

    @property
    def texts(self) -> list[str]:
        """What was said in each message, the words over buttons and lists too."""
        return [said(message) for message in self.taken]

    def wait_for(self, number: int, seconds: float = 120) -> list[str]:
        """All texts, once there are so many. Raises AssertionError when they do not come."""
        with self.lock:
            assert self.lock.wait_for(lambda: len(self.taken) >= number, seconds), self.texts
            return self.texts

    def id_of(self, number: int) -> str:
        return f"wamid.HBgNNjI4MTEwMDAwMTEx{number:08d}"


def said(message: dict[str, Any]) -> str:
    part = message[message["type"]]
    if message["type"] == "template":
        return f"{part['name']} {part['language']['code']}"
    found: str = part["body"]["text"] if message["type"] == "interactive" else part["body"]
    return found


def choices(message: dict[str, Any]) -> dict[str, str]:
    """The title of each button or row, and its id."""
    action = message["interactive"]["action"]
    if "buttons" in action:
        return {each["reply"]["title"]: each["reply"]["id"] for each in action["buttons"]}
    return {row["title"]: row["id"] for row in action["sections"][0]["rows"]}


@contextmanager
def running() -> Iterator[Graph]:
    """A server for the time of the block."""
    graph = Graph()
    handler = type("Kept", (Conversation,), {"graph": graph})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    graph.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield graph
    server.shutdown()
    server.server_close()
    thread.join()


class Conversation(BaseHTTPRequestHandler):
    """One request, answered as the Graph does."""

    graph: Graph

    def do_GET(self) -> None:
        self.graph.asked.append(("GET", self.path))
        if not self.known():
            return
        self.answer(200, {
            "id": PHONE, "display_phone_number": DISPLAY, "quality_rating": "GREEN",
            "whatsapp_business_manager_messaging_limit": self.graph.limit,
        })  # fmt: skip

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.graph.lock:
            self.graph.asked.append(("POST", self.path))
            if self.known():
                self.take(body)

    def known(self) -> bool:
        """Whether the caller has the token and means our number."""
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.fail(Trouble(190, 401))
            return False
        if not re.fullmatch(rf"/v\d+\.\d/{PHONE}(/messages)?(\?.*)?", self.path):
            self.fail(Trouble(100, 400))
            return False
        return True

    def take(self, body: dict[str, Any]) -> None:
        graph = self.graph
        trouble = graph.troubles.pop(0) if graph.troubles else None
        if trouble is None or trouble.takes:
            if why := wrong(body):
                graph.refused.append(why)
                self.fail(Trouble(131009))
                return
            graph.taken.append(body)
            graph.lock.notify_all()
        if trouble is not None:
            self.fail(trouble)
            return
        self.answer(200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body.get("recipient") or body.get("to")}],
            "messages": [{"id": graph.id_of(len(graph.taken))}],
        })  # fmt: skip

    def fail(self, trouble: Trouble) -> None:
        if trouble.body is not None:
            self.answer(trouble.status, trouble.body, trouble.headers)
            return
        error = {
            "message": f"(#{trouble.code}) refused", "type": "OAuthException", "code": trouble.code,
            "error_data": {"messaging_product": "whatsapp", "details": "in tests"}, "fbtrace_id": "Az8or2yhq",
        }  # fmt: skip
        self.answer(trouble.status, {"error": error}, trouble.headers)

    def answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *words: Any) -> None:
        """Says nothing."""


def wrong(body: dict[str, Any]) -> str:
    """Why the Graph would not take a message; "" when it would."""
    to, recipient = body.get("to"), body.get("recipient")
    if body.get("recipient_type") != "individual" or bool(to) == bool(recipient):
        return "recipient"
    if (recipient and not USER_ID.fullmatch(recipient)) or (to and not to.isdecimal()):
        return "recipient"
    kind = body.get("type")
    part = body.get(str(kind), {})
    if kind == "template":
        known = (part["name"], part["language"]["code"]) in TEMPLATES and "components" not in part
        return "" if known else "template"
    if kind == "text":
        return "" if 0 < len(part["body"]) <= 4096 else "body"
    return wrong_choice(part) if kind == "interactive" else "type"


def wrong_choice(part: dict[str, Any]) -> str:
    if not 0 < len(part["body"]["text"]) <= 1024:
        return "body"
    action = part["action"]
    if part["type"] == "button":
        buttons = [each["reply"] for each in action["buttons"]]
        sound = 0 < len(buttons) <= 3 and all(0 < len(b["title"]) <= 20 and b["id"] for b in buttons)
        return "" if sound and len({b["title"] for b in buttons}) == len(buttons) else "buttons"
    rows = [row for section in action["sections"] for row in section["rows"]]
    sound = 0 < len(rows) <= 10 and 0 < len(action["button"]) <= 20
    fits = all(
        0 < len(row["title"]) <= 24 and len(row.get("description", "x")) in range(1, 73) for row in rows
    )
    return "" if sound and fits and len({row["id"] for row in rows}) == len(rows) else "list"
