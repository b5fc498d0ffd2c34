"""What goes out by itself: that there is a task, or that a room has news, as a template and as words.

A template has no variables, so that nothing about anybody can ever stand in one. docs/operating.md says how
they are registered, in these very words (a test holds both together).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from timpora.address import address
from timpora.rooms.models import Outgoing

N_ = str  # marks a msgid for extraction
PATH = "/notices/"


class Template(NamedTuple):
    """A template's name, and the msgid of its body; it is registered once a language."""

    name: str
    body: str


TASK = N_("A task waits for you in Timpora. For the protection of those concerned this message says no more.")
NEWS = N_("Your room in Timpora has news. For the protection of those concerned this message says no more.")
TEMPLATES = {
    Outgoing.Kind.TASK: Template("timpora_task", TASK),
    Outgoing.Kind.NEWS: Template("timpora_news", NEWS),
}
FOOTER = N_("Write STOP to get no more of these.")
BUTTON = N_("Open Timpora")
LANGUAGES = ("id", "en")


def by_template(kind: str, language: str) -> tuple[dict[str, Any], str]:
    """The message by its template, and the template's name."""
    name = TEMPLATES[Outgoing.Kind(kind)].name
    return {"template": {"name": name, "language": {"code": language}}}, name


def in_words(kind: str, language: str) -> dict[str, Any]:
    """The same as words, for a member who wrote within 24 hours."""
    with override(language):
        lines = (_(TEMPLATES[Outgoing.Kind(kind)].body), address(PATH), _(FOOTER))
    return text("\n\n".join(lines))


def text(body: str) -> dict[str, Any]:
    """Plain words (4,096 characters at most)."""
    return {"text": {"body": body[:4096], "preview_url": False}}


def buttons(body: str, offered: dict[str, str]) -> dict[str, Any]:
    """Words over up to three buttons: id → title (20 characters at most)."""
    each = [{"type": "reply", "reply": {"id": key, "title": title[:20]}} for key, title in offered.items()]
    action = {"buttons": each[:3]}
    return {"interactive": {"type": "button", "body": {"text": body[:1024]}, "action": action}}


class Line(NamedTuple):
    """One row of a list: its id, its title (24 characters) and what stands below (72)."""

    id: str
    title: str
    below: str = ""


def choice(body: str, opener: str, offered: list[Line]) -> dict[str, Any]:
    """Words over a list of up to ten rows, which a button opens."""
    rows = [{"id": row.id, "title": row.title[:24], "description": row.below[:72]} for row in offered[:10]]
    bare = [{name: value for name, value in row.items() if value} for row in rows]
    action = {"button": opener[:20], "sections": [{"title": opener[:24], "rows": bare}]}
    return {"interactive": {"type": "list", "body": {"text": body[:1024]}, "action": action}}
