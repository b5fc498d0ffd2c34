"""What nobody needs any more of requests and links, forgotten at night."""

from __future__ import annotations

from timpora.registry.models import Request
from timpora.rights.models import Link


def tidy() -> None:
    """The words of requests a year after their answer, and links a year after they ended by themselves."""
    Request.objects.forget_words()
    Link.objects.forget()
