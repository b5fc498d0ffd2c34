"""Finding words in one's own rooms. What was written lies sealed, so it is opened and read through."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from timpora.ledger import book
from timpora.rooms.models import Message
from timpora.rooms.showing import place
from timpora.team.models import Mandate
from timpora.vault import VaultError

SEARCHED = 5_000  # messages, the newest ahead: a fifth of a second
SHOWN = 50
AROUND = 70  # characters shown on both sides of the first word


@dataclass(frozen=True)
class Hit:
    """A message in which every word occurs: what stands around the first of them, and where it is."""

    message: Message
    excerpt: str
    href: str


@dataclass(frozen=True)
class Found:
    """What was found, newest first; `all_read`: no older message was left out."""

    hits: list[Hit]
    all_read: bool


def find(words: str, *, by: Mandate) -> Found:
    """The messages of the mandate's threads that hold every word, whatever their case and accents."""
    sought = fold(words).split()
    messages = Message.objects.visible_to(by).filter(wording__isnull=False)
    messages = messages.select_related("wording", "thread", "sender", "mandate__post__area",
                                       "mandate__post__office")  # fmt: skip
    newest = list(messages.order_by("-at", "-pk")[: SEARCHED + 1])
    hits = []
    for message in newest[:SEARCHED]:
        text = _opened(message)
        if sought and all(word in fold(text) for word in sought):
            hits.append(Hit(message, _around(text, sought[0]), place(message, message.thread)))
        if len(hits) == SHOWN:
            break
    with book.writing():
        book.record("thread.searched", by=by, area=by.post.area_id or "")
    return Found(hits, len(newest) <= SEARCHED and len(hits) < SHOWN)


def fold(text: str) -> str:
    """Without case and accents, so that "Musyawarah" is found as "musyawarah"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _opened(message: Message) -> str:
    try:
        return message.text
    except VaultError:
        return ""


def _around(text: str, word: str) -> str:
    line = " ".join(text.split())
    found = max(fold(line).find(word), 0)  # of the folded line: near enough for an excerpt
    start, end = max(found - AROUND, 0), found + AROUND
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
