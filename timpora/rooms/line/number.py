"""Asks once an hour how the line's number stands: its limit, its quality, whether it may be used at all."""

from __future__ import annotations

from timpora.rooms.models import LineNumber


def look() -> None:
    """Keeps what the provider says of our number, where there is a line."""
    LineNumber.objects.look()
