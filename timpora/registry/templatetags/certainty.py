"""`{% certainty %}`: how sure "certain" is, for every page that shows two records beside each other."""

from __future__ import annotations

from typing import Any

from django import template

from timpora.registry.certainty import measured

register = template.Library()


@register.inclusion_tag("registry/_certainty.html")
def certainty() -> dict[str, Any]:
    """The threshold with its measured error; nothing where none was measured."""
    return {"certain": measured()}
