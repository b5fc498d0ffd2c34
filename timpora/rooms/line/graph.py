"""What is asked of the provider, through pywa: is this genuine, send that, which number is ours.

pywa 4.5 would handle incoming messages too, and lose some: it reads the first message of the first change
only, loses one whose contact has no user id, answers 200 where a handler failed and remembers duplicates in
memory. So payloads are read by `payload`, kept in the database and worked off from there.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from pywa import WhatsApp
from pywa.errors import WhatsAppError

from timpora.rooms.line.failures import UNREACHED, UNREAD, Failure

TIMEOUT = httpx.Timeout(15, connect=5)  # seconds
PATIENCE = 3_600  # seconds: the longest wait a provider may ask of us


class Elsewhere(httpx.HTTPTransport):
    """Leads requests to another address than pywa's fixed one."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = urlsplit(address)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the other address to the same request."""
        where = self.address
        request.url = request.url.copy_with(scheme=where.scheme, host=where.hostname, port=where.port)
        request.headers["Host"] = where.netloc
        return super().handle_request(request)


@cache
def _client(token: str, phone: str, secret: str, graph: str) -> WhatsApp:
    own = None if graph == "https://graph.facebook.com" else Elsewhere(graph)
    session = httpx.Client(timeout=TIMEOUT, transport=own)
    return WhatsApp(phone, token, session=session, app_secret=secret, skip_duplicate_updates=False)


def client() -> WhatsApp:
    """pywa's client with the settings of this moment; it may be shared by threads."""
    return _client(settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID, settings.WHATSAPP_APP_SECRET,
                   settings.WHATSAPP_GRAPH)  # fmt: skip


def is_genuine(raw: bytes, signature: str) -> bool:
    """Whether the provider signed these very bytes (X-Hub-Signature-256)."""
    # A letter outside ASCII would be an exception inside, not a no.
    return signature.isascii() and client().webhook_update_validator(raw, signature) is None


def send(to: str, content: dict[str, Any], *, tracker: str) -> str:
    """The provider's id of the message it took. `tracker` comes back with each of its delivery states.

    `to` is a business-scoped user id ("ID.…") or, for a stranger without one, a number. Raises Failure.
    """
    # pywa's own send_message takes a user id with letters for a group; hence the layer below it.
    by_id = to[2:3] == "."
    given = {"to": None, "recipient": to} if by_id else {"to": to, "recipient": None}
    (kind, said), *_none = content.items()
    answer = _asked(
        lambda: client().api.send_message(
            sender=settings.WHATSAPP_PHONE_ID,
            **given,
            recipient_type="individual",
            typ=kind,
            msg=said,
            biz_opaque_callback_data=tracker,
        )
    )
    try:
        return str(answer["messages"][0]["id"])
    except (KeyError, IndexError, TypeError):
        raise Failure(UNREAD) from None


class Number(NamedTuple):
    """Our own number: as people write it, how many a day it may begin a conversation with, its quality."""

    display: str
    limit: str
    quality: str


FIELDS = ("id", "display_phone_number", "quality_rating", "whatsapp_business_manager_messaging_limit")


def number() -> Number:
    """What the provider says of our number. Raises Failure."""
    said = _asked(lambda: client().api.get_business_phone_number(settings.WHATSAPP_PHONE_ID, FIELDS))
    if not isinstance(said, dict):
        raise Failure(UNREAD)
    return Number(*(str(said.get(name) or "") for name in (FIELDS[1], FIELDS[3], FIELDS[2])))


def _asked(question: Any) -> Any:
    """The answer to a question. pywa's exceptions end here: they are frozen, and break what passes them
    on.
    """
    try:
        return question()
    except WhatsAppError as fault:
        code, response = fault.code, fault.raw_response
        wait = (response.headers.get("retry-after") or "") if response is not None else ""
        status = response.status_code if response is not None else 0
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise Failure(UNREACHED) from None
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise Failure(UNREAD) from None
    raise Failure(code, status=status, wait=min(int(wait), PATIENCE) if wait.isdecimal() else None)
