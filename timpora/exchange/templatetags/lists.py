"""Words and small sums of the pages of lists."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from timpora.exchange import words

register = template.Library()


@register.filter
def kind(code: str) -> str:
    """The name of a kind of list."""
    return words.kind(code)


@register.filter
def said(msgid: str) -> str:
    """A msgid of the pure modules in the reader's language."""
    return gettext(msgid) if msgid else ""


@register.filter
def minus(one: int, other: int) -> int:
    """What is left of a number."""
    return one - other
