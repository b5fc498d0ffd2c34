"""The kinds of lodging, and the one thing that matters of each: whether people stay there or live there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind. Where people `live`, a check-in is the report that somebody arrived; elsewhere it is the Stay
    of a visitor.
    """

    code: str
    name: Any
    live: bool


KINDS = {
    kind.code: kind
    for kind in (
        Kind("hotel", _("hotel"), live=False),
        Kind("homestay", _("homestay"), live=False),
        Kind("boarding", _("boarding house"), live=True),
        Kind("mess", _("company mess"), live=True),
        Kind("dormitory", _("campus dormitory"), live=True),
        Kind("pesantren", _("pesantren"), live=True),
    )
}
CHOICES = [(kind.code, kind.name) for kind in KINDS.values()]
VISITED = tuple(kind.code for kind in KINDS.values() if not kind.live)
