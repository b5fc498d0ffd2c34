"""What a message asks of us, as a word of ours and ids. Pure.

The text itself goes no further than this: nothing that somebody typed is written down.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from timpora.rooms.line.payload import Message
from timpora.rooms.models.incoming import Word
from timpora.team.models.invitation import ALPHABET, LENGTH, digest, normalise

# The first word of the message asks; what follows it is not read.
FIRST = {
    "lapor": Word.REPORT, "laporkan": Word.REPORT, "report": Word.REPORT,
    "nihil": Word.NIL, "nil": Word.NIL,
    "tugas": Word.TASKS, "tasks": Word.TASKS,
    "bantuan": Word.HELP, "help": Word.HELP, "menu": Word.HELP,
}  # fmt: skip
# These bind, so the whole message has to say nothing else.
WHOLE = {
    "ya": Word.YES, "yes": Word.YES,
    "batal": Word.CANCEL, "cancel": Word.CANCEL, "tidak": Word.CANCEL, "no": Word.CANCEL,
    "berhenti": Word.STOP, "stop": Word.STOP, "unsubscribe": Word.STOP,
    "mulai": Word.START, "start": Word.START,
}  # fmt: skip
# What our own buttons and lists offer.
OFFERED = {*FIRST.values(), Word.CANCEL, Word.STOP, Word.START}
SILENT = ("reaction", "edit", "revoke", "group", "ephemeral", "request_welcome")
MOVED = ("system",)
CHOICE = re.compile(r"prompt:\d{1,18}:[a-z0-9]{1,18}")
CODE = re.compile(rf"(?:(?:kode|code)\s*:?\s*)?((?:[{ALPHABET}][\s-]?){{{LENGTH}}})", re.IGNORECASE)
READ = 200  # characters of a message that are looked at


class Said(NamedTuple):
    """A word, and what it needs: the digest of a code, the ids of a choice."""

    word: Word
    argument: str = ""


def said(message: Message) -> Said:
    """What a message asks; `OTHER` for whatever is no word of ours."""
    if message.kind in SILENT:
        return Said(Word.IGNORED)
    if message.kind in MOVED:
        return Said(Word.MOVED)
    if message.choice:
        return _chosen(message.choice)
    if not message.text:
        return Said(Word.OTHER)
    return _typed(message.text)


def _chosen(choice: str) -> Said:
    if choice.startswith("word:") and choice[5:] in OFFERED:
        return Said(Word(choice[5:]))
    return Said(Word.CHOICE, choice) if CHOICE.fullmatch(choice) else Said(Word.OTHER)


def _typed(text: str) -> Said:
    plain = unicodedata.normalize("NFKC", text[: READ + 1]).strip()
    if len(text) <= READ and (found := CODE.fullmatch(plain)) and not normalise(found[1]).isdecimal():
        return Said(Word.CODE, digest(found[1]))
    words = re.findall(r"\w+", plain.casefold())
    if len(words) == 1 and len(text) <= READ and words[0] in WHOLE:
        return Said(WHOLE[words[0]])
    return Said(FIRST.get(words[0], Word.OTHER)) if words else Said(Word.OTHER)
