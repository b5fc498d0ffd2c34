"""The WhatsApp line: the one place that knows the provider.

`graph` verifies, sends and asks, through pywa; it is loaded only where the line is open, because it takes a
third of a second and a dozen megabytes. The rest reads what the provider sends, keeps what is to be sent, and
says in our words what went wrong.
"""

from __future__ import annotations

from types import ModuleType

from django.conf import settings

NEEDED = ("WHATSAPP_TOKEN", "WHATSAPP_PHONE_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN")


def missing() -> list[str]:
    """The settings the line still lacks; all of them where there is no line."""
    return [name for name in NEEDED if not getattr(settings, name)]


def is_open() -> bool:
    """Whether this installation has a line at all."""
    return not missing()


def provider() -> ModuleType:
    """The module that speaks with the provider."""
    from timpora.rooms.line import graph  # here, because an installation without a line must not pay for it

    return graph
