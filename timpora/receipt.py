"""The number on a receipt: it says in which month, and nothing of anybody."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def receipt(letter: str, at: datetime, number: int) -> str:
    """A letter for its kind, the month by the installation's own clock (TIME_ZONE), the running number."""
    month = timezone.localtime(at, timezone.get_default_timezone())
    return f"{letter}{month:%y%m}-{number:06d}"
