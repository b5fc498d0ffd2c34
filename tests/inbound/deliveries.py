"""Deliveries as the provider makes them, signed as it signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.graph_server import PHONE, SECRET

URL = "/inbound/whatsapp/"
OFFICER = "ID.13491208655302741918"  # a business-scoped user id
STRANGER = "ID.Xa7Q0b0000000001"  # such ids may hold letters
_numbers = count(1)


def fresh_id() -> str:
    """The provider's id of a message; the real ones hold the sender's number, as this one does."""
    return f"wamid.HBgNNjI4MTIzNDU2Nzg5MBUCABIY{next(_numbers):08d}"


def text(body: str, *, sender: str = OFFICER, **more: Any) -> dict[str, Any]:
    return message("text", {"body": body}, sender=sender, **more)


def tap(choice: str, *, sender: str = OFFICER, row: bool = False, **more: Any) -> dict[str, Any]:
    """A tapped button, or a row of a list."""
    kind = "list_reply" if row else "button_reply"
    part = {"type": kind, kind: {"id": choice, "title": "x"}}
    return message("interactive", part, sender=sender, **more)


def photo(*, sender: str = OFFICER) -> dict[str, Any]:
    part = {"mime_type": "image/jpeg", "sha256": "x", "id": "1003383421387256", "caption": "Lin Yi-Chun"}
    return message("image", part, sender=sender)


def message(
    kind: str,
    part: Any,
    *,
    sender: str = OFFICER,
    number: str = "",
    id: str | None = None,
    at: datetime | None = None,
) -> dict[str, Any]:
    """One message; `number` only where the sender shows one."""
    made = {"id": id or fresh_id(), "timestamp": str(int((at or timezone.now()).timestamp())), "type": kind}
    if sender:
        made["from_user_id"] = sender
    if number:
        made["from"] = number
    return made | {kind: part}


def contact(said: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"profile": {"name": "Seseorang"}}
    if "from_user_id" in said:
        made["user_id"] = said["from_user_id"]
    if "from" in said:
        made["wa_id"] = said["from"]
    return made


def value(*messages: dict[str, Any], statuses: Any = (), phone: str = PHONE) -> dict[str, Any]:
    made: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "628110000111", "phone_number_id": phone},
    }
    if messages:
        made |= {"contacts": [contact(each) for each in messages], "messages": list(messages)}
    return made | ({"statuses": list(statuses)} if statuses else {})


def status(
    state: str, *, id: str, tracker: str = "", at: datetime | None = None, code: int = 0
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": id, "status": state, "timestamp": str(int((at or timezone.now()).timestamp())),
        "recipient_user_id": OFFICER,
    }  # fmt: skip
    if tracker:
        made["biz_opaque_callback_data"] = tracker
    if code:
        made["errors"] = [{"code": code, "title": "x", "message": "x"}]
    return made


def delivery(*values: dict[str, Any]) -> dict[str, Any]:
    """A payload with one change a value."""
    changes = [{"field": "messages", "value": each} for each in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}


def signature(raw: bytes, secret: str = SECRET) -> str:
    return f"sha256={hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}"


def post(body: Any, *, signed: str | None = None) -> Any:
    """The answer to a delivery."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-Hub-Signature-256": signature(raw) if signed is None else signed}
    return Client().post(URL, raw, content_type="application/json", headers=headers)


def send(*messages: dict[str, Any]) -> None:
    """Messages that come in one delivery."""
    answer = post(delivery(value(*messages)))
    assert answer.status_code == 200, answer.content
