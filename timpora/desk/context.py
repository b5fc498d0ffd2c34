"""What the shell of every page knows beside the request: demo mode, its accounts, unread notices."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from timpora.desk.world.accounts import ACCOUNTS
from timpora.rooms.models import Notice
from timpora.rooms.models.thread import unread
from timpora.team.models import Mandate


def unread_notices(request: HttpRequest) -> Callable[[], int]:
    """How many notices of the acting post are unread; asked once, and only by a page that shows it."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    return cache(lambda: Notice.objects.visible_to(mandate).unread().count() if mandate else 0)


def unread_messages(request: HttpRequest) -> Callable[[], int | None]:
    """How many messages of its rooms the acting user has not read; None where the post sits in no room."""
    mandate: Mandate | None = getattr(request, "mandate", None)
    return cache(lambda: unread(mandate) if mandate else None)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell's context: DEMO, demo_accounts (only in demo mode), unread_notices, unread_messages."""
    return {
        "DEMO": settings.DEMO,
        "demo_accounts": ACCOUNTS if settings.DEMO else [],
        "unread_notices": unread_notices(request),
        "unread_messages": unread_messages(request),
    }
