"""One item of a phone's outbox, opened: what was written, when, under which mandate, upon which version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from timpora import vault
from timpora.inbound import envelope
from timpora.inbound.models import Item
from timpora.ledger.refusal import Refusal

FIELDS = 200  # more than any form of ours; a return asks one for each resident


class Unreadable(Refusal):
    """Not an item as our phones send them. `code` says which part is wrong."""


@dataclass(frozen=True)
class Parcel:
    """`fields` is what the form on the phone said, `about` ids and codes beside it, `seen` the record as the
    phone showed it.
    """

    number: UUID
    kind: str
    made_at: datetime
    fields: QueryDict
    about: dict[str, str]
    seen: dict[str, str]

    @property
    def content(self) -> str:
        """A keyed digest of what was said, to tell an item sent twice from another under its number."""
        said = [self.kind, sorted(self.about.items()), sorted(self.fields.lists())]
        text = json.dumps(said, ensure_ascii=False)
        return vault.current().key_for("item", "", sha256(text.encode()).hexdigest())


def parcel(sent: dict[str, Any]) -> Parcel:
    """The parcel of what came over the wire: {"number", "envelope", "made_at", "sent_at"}; raises Unreadable.

    The phone's clock may be wrong, but not by how much time passed between two of its looks at it.
    """
    try:
        number = UUID(str(sent["number"]))
        opened = envelope.opened(sent["envelope"], str(number))
        kind = Item.Kind(opened["kind"]).value
        fields = _fields(opened["fields"])
        about, seen = _words(opened.get("about")), _words(opened.get("seen"))
    except (KeyError, TypeError, ValueError, envelope.EnvelopeBroken) as fault:
        raise Unreadable(
            _("This item cannot be opened here. Please write it once more."), code="unreadable"
        ) from fault
    return Parcel(number, kind, _made(sent), fields, about, seen)


def _made(sent: dict[str, Any]) -> datetime:
    """When it was written, by our clock; now where the phone does not say."""
    now = timezone.now()
    try:
        made, given = parse_datetime(sent["made_at"]), parse_datetime(sent["sent_at"])
        return now - max(given - made, now - now) if made and given else now
    except (KeyError, TypeError, ValueError, OverflowError):
        return now


def _fields(pairs: Iterable[tuple[str, str]]) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, value in list(pairs)[:FIELDS]:
        fields.appendlist(str(name), str(value))
    return fields


def _words(said: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in dict(said or {}).items()}
