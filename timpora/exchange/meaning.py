"""What a line of a list says under a sharing record: fields it may give, where, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from timpora import vault
from timpora.exchange.places import Places
from timpora.registry import papers, permits
from timpora.registry.fields import ALL, SEALED
from timpora.registry.models import IdentityDocument, Statement
from timpora.registry.names import key as name_key
from timpora.registry.nations import INDONESIA
from timpora.registry.plain import is_seen

if TYPE_CHECKING:
    from timpora.exchange.lists.lines import Line

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

PLACE = ("village", "district", "rt_rw")  # said of an address, kept as area and address
# Said with another field and given wherever that one may be.
ALONG = {
    "nationality_text": "nationality", "document_kind": "document_number",
    "document_issuer": "document_number", "issued_on": "permit_until", **dict.fromkeys(PLACE, "address"),
}  # fmt: skip
LENGTHS = {
    "names": 200, "given": 120, "family": 120, "nationality_text": 60, "purpose": 80, "address": 250,
    "permit_kind": 12, "permit_index": 20, "document_number": 60, "permit_number": 60,
}  # fmt: skip
LONGEST = 120

REMEDIES = {
    "name_missing": N_("Write the name as it stands in the passport."),
    "nationality_missing": N_("Write the nationality, such as Tiongkok, CHN or Korea Selatan."),
    "diplomat": N_("Take this row out: diplomats are not registered here (Law 6/2011 Article 73)."),
    "indonesian": N_("Take this row out: Indonesians are not registered here."),
    "unseen": N_("This holds signs that nobody sees. Type it anew."),
    "no_number": N_("A number has letters or digits. Write it, or leave the cell empty."),
    "too_long": N_("This is too long. Keep what stands in the document."),
    "cannot_be": N_("This date cannot be so. Look at the document."),
}


@dataclass(frozen=True)
class Wrong:
    """One fault of a line: the column's heading, the value as it stands there, a code, the remedy's msgid."""

    field: str
    heading: str
    value: str
    code: str
    remedy: str

    def stored(self) -> dict[str, str]:
        return vars(self).copy()


@dataclass(frozen=True)
class Said:
    """One line: its values in clear, the area they name, what was left out, and its faults."""

    number: int
    values: dict[str, str]
    area: str
    dropped: tuple[str, ...]
    faults: tuple[Wrong, ...]
    notes: tuple[str, ...] = ()
    issued_on: date | None = None

    @property
    def digest(self) -> str:
        """A keyed digest of the content: equal for two rows that say the same."""
        said = {k: vault.normalised(v) if k in SEALED else v for k, v in self.values.items()}
        text = json.dumps([self.area, said], sort_keys=True, ensure_ascii=False)
        return vault.current().key_for("row", "", sha256(text.encode()).hexdigest())

    def stored(self) -> dict[str, Any]:
        """The line as it waits, sealed, to be taken in."""
        return {
            "number": self.number, "values": self.values, "dropped": list(self.dropped),
            "faults": [wrong.stored() for wrong in self.faults], "notes": list(self.notes),
        }  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One line and what it would become (a Row.Outcome)."""

    said: Said
    outcome: str
    digest: str


def said(line: Line, fields: Iterable[str], places: Places) -> Said:
    """What the line says, as far as the record names the fields."""
    allowed = set(fields)
    given = {name: value for name, value in line.values.items() if value}
    kept = {name: value for name, value in given.items() if ALONG.get(name, name) in allowed}
    area = places.of(kept.get("village", ""), kept.get("district", ""))
    values = _completed(kept)
    headings = {field: heading for heading, field in _headings(line)}
    wrong = [
        Wrong(f.field, f.heading, f.value, f.code, f.remedy) for f in line.faults if _counts(f.field, allowed)
    ]
    wrong += [
        Wrong(field, headings.get(field, ""), values.get(field, ""), code, REMEDIES[code])
        for field, code in faults(values, {f.field for f in wrong})
    ]
    dropped = tuple(sorted(name for name in given if name in ALL and ALONG.get(name, name) not in allowed))
    return Said(
        line.number, values, area, dropped, tuple(wrong), tuple(line.notes), _day(kept.get("issued_on", ""))
    )  # fmt: skip


def _day(said: str) -> date | None:
    """The day where all of it is known."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def faults(values: Mapping[str, str], told: set[str]) -> list[tuple[str, str]]:
    """(field, code) of what no row may say; a field of `told` has its fault already."""
    found: dict[str, str] = {}
    for field, code in (("names", "name_missing"), ("nationality", "nationality_missing")):
        if not values.get(field):
            found[field] = code
    if values.get("permit_kind") in {kind.code for kind in permits.kinds() if kind.outside}:
        found["permit_kind"] = "diplomat"
    if values.get("nationality") == INDONESIA:
        found["nationality"] = "indonesian"
    found |= {field: code for field, value in values.items() if (code := _unfit(field, value))}
    found |= dict.fromkeys(papers.faults(values), "cannot_be")
    return [(field, code) for field, code in found.items() if field not in told]


def _unfit(field: str, value: str) -> str:
    """The code of what is wrong with a text whatever it says, or ""."""
    if not is_seen(value):
        return "unseen"
    if field in SEALED and not any(sign.isalnum() for sign in value):
        return "no_number"
    return "too_long" if len(value) > LENGTHS.get(field, LONGEST) else ""


def statement(values: Mapping[str, str], **columns: Any) -> Statement:
    """The unsaved statement of a row: numbers sealed, keys for finding whom it speaks of beside them."""
    safe = vault.current()
    sealed = dict(values)
    document_key = ""
    if number := values.get("document_number"):
        document_key = safe.key_for(values["document_kind"], values.get("document_issuer", ""), number)
        sealed["document_number"] = safe.seal(number, "document")
    if number := values.get("permit_number"):
        sealed["permit_number"] = safe.seal(number, "permit")
    return Statement(
        source=Statement.Source.ROW, values=sealed, document_key=document_key,
        name_key=name_key(values.get("names", "")), **columns,
    )  # fmt: skip


def _completed(kept: Mapping[str, str]) -> dict[str, str]:
    """The values a statement holds, with what a list leaves unsaid: which document a number is of."""
    values = {name: value for name, value in kept.items() if name in ALL}
    if values.get("document_number"):
        values.setdefault("document_kind", IdentityDocument.Kind.PASSPORT.value)
        values.setdefault("document_issuer", values.get("nationality", ""))
    else:
        for name in ("document_kind", "document_issuer", "document_until"):
            values.pop(name, None)
    if kept.get("rt_rw") and kept["rt_rw"] not in values.get("address", ""):
        values["address"] = ", ".join(filter(None, (values.get("address"), kept["rt_rw"])))
    return {name: value for name, value in values.items() if value}


def _counts(field: str, allowed: set[str]) -> bool:
    """Whether a fault of the field matters: one of a field that is left out anyway does not."""
    return field not in ALL or ALONG.get(field, field) in allowed


def _headings(line: Line) -> Iterable[tuple[str, str]]:
    return ((fault.heading, fault.field) for fault in line.faults)
