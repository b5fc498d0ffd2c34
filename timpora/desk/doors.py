"""Addresses of other apps' pages, by name."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: Any) -> str:
    """The path of a page; "" where this installation has no such page, so that no link leads nowhere."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
