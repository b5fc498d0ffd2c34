"""`{% certainty %}`: when a match is called certain, for every page that shows two records side by side."""

from __future__ import annotations

from typing import Any

from django import template

from timpora.registry.linkage.certainty import measured

register = template.Library()


@register.inclusion_tag("registry/_certainty.html")
def certainty() -> dict[str, Any]:
    """The threshold with its measured error."""
    return {"measured": measured()}
