"""The kinds of papers there are: what each is called, its template, its series and what it must be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Data = Mapping[str, Any]


def adds_up(data: Data) -> None:
    """Every row of the list became something. Raises ValueError where the parts are not the whole."""
    parts = sum(count for _label, count in data["became"])
    if parts != data["rows"]:
        raise ValueError(f"{data['rows']} rows were given, {parts} are accounted for")


def each_guest_once(data: Data) -> None:
    """The number that is signed is that of the guests named. Raises ValueError."""
    if len(data["guests"]) != data["count"]:
        raise ValueError(f"{data['count']} guests are signed, {len(data['guests'])} are named")


@dataclass(frozen=True)
class Kind:
    """One kind of paper. `needs` are the names its data must have, no more and no fewer."""

    code: str
    title: Any
    template: str
    series: str
    needs: frozenset[str]
    # It bears a second QR code, with a signed line of its number, "code", "count" and "day" (signing.py).
    signs: bool = False
    check: Callable[[Data], None] = lambda _data: None

    def refuse_unfit(self, data: Data) -> None:
        """Raises ValueError for data this kind cannot be written from: the caller's mistake, not a user's."""
        if self.needs != data.keys():
            raise ValueError(f"{self.code}: differing names {sorted(self.needs ^ data.keys())}")
        self.check(data)


# Receipt: "agency", "list", "area", "sender" (the post), "file", "digest" (SHA-256 of the file as sent),
# "as_of" (ISO date), "rows", "became" [[words, count], …] that adds up to rows, "faults" [[row, words], …].
RECEIPT = Kind(
    code="receipt",
    title=_("Receipt of a list"),
    template="receipt.typ",
    series="TT",
    needs=frozenset(
        ("agency", "list", "area", "sender", "file", "digest", "as_of", "rows", "became", "faults")
    ),
    check=adds_up,
)

# Guests' receipt: "lodging" (name), "kind" (words), "address", "area", "sender" (the post), "day" (ISO date),
# "code" of the lodging, "count", "guests" [[number, name, nationality, arrived (ISO date)], …].
GUESTS = Kind(
    code="guests",
    title=_("Receipt of guests' data"),
    template="guests.typ",
    series="TM",
    needs=frozenset(("lodging", "kind", "address", "area", "sender", "day", "code", "count", "guests")),
    signs=True,
    check=each_guest_once,
)

KINDS = {kind.code: kind for kind in (RECEIPT, GUESTS)}
