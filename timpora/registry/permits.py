"""Stay permits: their kinds, and the visa indices printed on them, as a dated table.

The table is data/permit_indices.json with a source for every row; an office corrects it there. It helps
to choose and to read, and decides nothing: an index it does not know is kept as the officer typed it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .names import fold
from .partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class PermitKind:
    """A kind of stay permit. `outside` means its holder is not registered here (UU 6/2011 Pasal 73)."""

    code: str
    names: tuple[tuple[str, str], ...]
    outside: bool
    basis: str

    def name(self, locale: str = "id") -> str:
        """The kind in `locale`, Indonesian or English."""
        return _named(self.names, locale)


@dataclass(frozen=True, slots=True)
class PermitIndex:
    """One index such as E23: its kind (a PermitKind.code), when it was in use and where that is from.

    `series` stands for further letters too (E28 for E28C). `guarantor` says whether one is required, None
    where the sources do not tell.
    """

    code: str
    kind: str
    names: tuple[tuple[str, str], ...]
    valid_from: PartialDate | None
    valid_to: PartialDate | None
    source: str
    series: bool = False
    guarantor: bool | None = None

    def name(self, locale: str = "id") -> str:
        """What it is for, in `locale`, Indonesian or English."""
        return _named(self.names, locale)

    def in_use(self, on: date) -> bool:
        """Whether papers with it could be issued on that day; a bound known to the year only is generous."""
        begun = self.valid_from is None or self.valid_from.earliest <= on
        return begun and (self.valid_to is None or on <= self.valid_to.latest)


def kinds() -> tuple[PermitKind, ...]:
    """Every kind, in the order of official tables: ITK, ITAS, ITAP, then the others."""
    return tuple(PermitKind(r["code"], _names(r), r["outside"], r["basis"]) for r in _data()["kinds"])


def kind(text: str) -> PermitKind | None:
    """The kind meant by a code, name or word of a list ("KITAS", "e-ITAS", "visa on arrival"), else None."""
    return _kind_forms().get(fold(text))


def find(code: str, on: date | None = None) -> PermitIndex | None:
    """The index of this code, however spaced, in use on day `on` (any day when None); None if unknown.

    A code with letters the table lacks finds its series: "E28C" finds E28.
    """
    wanted = _plain(code)
    known = [index for index in _indices() if on is None or index.in_use(on)]
    exact = next((index for index in known if index.code == wanted), None)
    stem = wanted.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return exact or next((index for index in known if index.series and index.code == stem), None)


def search(text: str, on: date | None = None, limit: int = 8) -> list[PermitIndex]:
    """Up to `limit` indices whose code begins with `text` or whose purpose holds its words, codes first.

    Those not in use on day `on` come after those that are: old papers are still met.
    """
    code, words = _plain(text), fold(text).split()
    if not words:
        return []
    ranked = []
    for place, index in enumerate(_indices()):
        purpose = f" {fold(index.name('id'))} {fold(index.name('en'))}"
        by_code = bool(code) and index.code.startswith(code)
        if by_code or all(f" {word}" in purpose for word in words):
            ranked.append((not by_code, on is not None and not index.in_use(on), place, index))
    return [index for *_, index in sorted(ranked, key=lambda row: row[:3])[:limit]]


def _plain(code: str) -> str:
    return "".join(c for c in code.upper() if c.isascii() and c.isalnum())


def _named(names: tuple[tuple[str, str], ...], locale: str) -> str:
    return dict(names).get(locale[:2], names[0][1])


def _names(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return (("id", row["id"]), ("en", row["en"]))


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / "data" / "permit_indices.json").read_text("utf-8")))


@cache
def _indices() -> tuple[PermitIndex, ...]:
    data = _data()
    return tuple(
        PermitIndex(
            code=row["code"],
            kind=row["kind"],
            names=_names(row),
            valid_from=PartialDate.parse(row["valid_from"]) if row["valid_from"] else None,
            valid_to=PartialDate.parse(row["valid_to"], allow_future=True) if row["valid_to"] else None,
            source=data["sources"][row["source"]],
            series=row.get("series", False),
            guarantor=row.get("guarantor"),
        )
        for row in data["indices"]
    )


@cache
def _kind_forms() -> dict[str, PermitKind]:
    known = {kind.code: kind for kind in kinds()}
    return {
        fold(form): known[row["code"]]
        for row in _data()["kinds"]
        for form in (row["code"], row["id"], row["en"], *row["aliases"])
    }
