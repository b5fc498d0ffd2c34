"""What a webhook's payload holds: every message and every delivery state of every change, one by one. Pure.

A part that cannot be read is counted and never stops its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Message:
    """One message: the provider's id, who wrote (user id, else number), when by the provider's clock, and
    what.

    `kind` is the provider's word for it; `text` what was typed; `choice` the id of a tapped button or row.
    """

    id: str
    sender: str
    at: datetime | None
    kind: str
    text: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Status:
    """One delivery state of a message of ours; `tracker` is what we gave along, `code` an error's."""

    id: str
    tracker: str
    state: str
    at: datetime | None
    code: int | None = None


@dataclass
class Parts:
    """Everything in a payload that is for our number."""

    messages: list[Message] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    unread: int = 0


def split(payload: Any, phone: str) -> Parts:
    """The parts of a payload that speak of the number with the provider's id `phone`."""
    parts = Parts()
    for value in _values(payload):
        if _text(_dict(value.get("metadata")).get("phone_number_id")) != phone:
            continue
        for one in _list(value.get("messages")):
            message = _message(_dict(one), value)
            parts.unread += message is None
            parts.messages += [message] if message else []
        for one in _list(value.get("statuses")):
            status = _status(_dict(one))
            parts.unread += status is None
            parts.statuses += [status] if status else []
    return parts


def _values(payload: Any) -> Iterator[dict[str, Any]]:
    for entry in _list(_dict(payload).get("entry")):
        for change in _list(_dict(entry).get("changes")):
            if _dict(change).get("field", "messages") == "messages":
                yield _dict(_dict(change).get("value"))


def _message(said: dict[str, Any], value: dict[str, Any]) -> Message | None:
    number, kind, sender = _text(said.get("id")), _text(said.get("type")), _sender(said, value)
    if not number or not sender:
        return None
    if said.get("group_id"):
        kind = "group"  # the line speaks with one member at a time
    part = _dict(said.get(kind))
    text = _text(part.get("body")) if kind == "text" else ""
    choice = ""
    if kind == "interactive":
        choice = _text(_dict(part.get(_text(part.get("type")))).get("id"))
    elif kind == "button":
        text = _text(part.get("text"))
    return Message(number, sender, _moment(said.get("timestamp")), kind, text, choice)


def _sender(said: dict[str, Any], value: dict[str, Any]) -> str:
    """The business-scoped user id; the number only where none is told. A changed id is told by the old
    one.
    """
    number = _text(said.get("from"))
    contacts = [_dict(each) for each in _list(value.get("contacts"))]
    mine = [each for each in contacts if number and _text(each.get("wa_id")) == number]
    if not mine and len(contacts) == 1:
        mine = contacts
    told = (
        _dict(said.get("system")).get("previous_user_id"),
        said.get("from_user_id"),
        *(each.get("user_id") for each in mine),
        number,
    )
    return next((text for each in told if (text := _text(each))), "")[:80]


def _status(said: dict[str, Any]) -> Status | None:
    number, state = _text(said.get("id")), _text(said.get("status"))
    if not number or not state:
        return None
    errors = _list(said.get("errors"))
    code = _dict(errors[0]).get("code") if errors else None
    return Status(
        number, _text(said.get("biz_opaque_callback_data")), state, _moment(said.get("timestamp")),
        code if isinstance(code, int) else None,
    )  # fmt: skip


def _moment(said: Any) -> datetime | None:
    """Seconds since 1970 as a moment; None for anything else."""
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _dict(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _text(said: Any) -> str:
    return said if isinstance(said, str) else ""
