"""The passport zone in a form: the lines as they are typed, what they fill, what is to be compared.

The lines fill and are dropped; what is sent and kept are the form's own fields. Any form with fields of the
register's names (registry/fields.py) may carry registry/_mrz.html; static/js/mrz-form.js does the same on the
device.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from gzip import compress
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timpora.registry import mrz, nations
from timpora.registry.fields import LABELS
from timpora.registry.mrz.values import Compared, Note, compared, notes, values
from timpora.registry.names import key

_ASKED = re.compile(r"([a-z_]{1,20})\.([0-9]{1,2})\.([A-Z0-9<])\.([A-Z0-9<]{1,36})")
LONGEST = 4000  # characters of the lines that come back for somebody to correct
MOST = 60  # characters to compare that a form takes: more than a zone has fields for

SENTENCES = {
    "empty": _("Type or paste the lines first."),
    "length": _(
        "The lines have %(value)s characters. A passport's two lines have 44 each, a card's three have"
        " 30 or two have 36: please look for what is missing or too much."
    ),
    "other": _(
        "These are no lines of a passport. They stand at the foot of the page with the photo and are"
        " full of < signs."
    ),
    "diplomatic": _(
        "This is a diplomatic passport. Diplomats are not registered here (Law 6/2011 Article 73)."
    ),
    "official": _(
        "This may be an official or service passport. Please ask: diplomats and their families are not"
        " registered here (Law 6/2011 Article 73)."
    ),
    "fault": _("The check digit of “%(field)s” does not agree. Please fill it in from the document."),
    "composite": _("The last check digit does not agree. Please compare every field with the document."),
    "state": _("The lines name the state %(value)s, which is none. Please fill in the nationality."),
    "visa": _("These are the lines of a visa. Its number was not taken for that of the passport."),
    "truncated": _("The name is longer than the lines. Please complete it as printed."),
    "differs": _("“%(field)s”: something else was typed before and stays. The lines say: %(value)s"),
    "read": _("The lines were read and are not kept. Please compare every field with the document."),
    "mark": _("“%(field)s”, character %(place)s: it is %(read)s, not %(others)s"),
    "or": _(" or "),
    "fetching": _("Fetching the reader …"),
    "reading": _("Reading the picture …"),
    "offline": _("The reader could not be fetched. Please try again with a network, or type the lines."),
    "no_picture": _("This file is no photo (JPEG, PNG or WebP). Please choose another, or type the lines."),
    "heic": _(
        "This browser cannot open photos of the kind HEIC. Please take the picture here, set the camera to"
        " JPEG, or type the lines."
    ),
    "too_large": _("This photo is larger than 20 MB. Please take it smaller, or type the lines."),
    "unsure": _(
        "The lines could not be read for sure. Please take another picture: closer, straight, without glare."
        " Or type them."
    ),
}  # fmt: skip
ENGINE = Path(__file__).resolve().parents[1] / "static" / "mrz-engine"
COMPARE = _("Please compare the marked characters with the document and tick each.")
SAID = ("names", "nationality", "sex", "birth_date", "family", "given", "document_kind", "document_issuer",
        "document_number", "document_until", "visa_until")  # fmt: skip


class Zone:
    """What was typed of the zone, and what came of it; `values` are for the form that carries it."""

    sentences = SENTENCES
    labels: Mapping[str, Any] = {field: LABELS[field] for field in SAID} | {
        "optional_data": _("personal number")
    }

    def __init__(self, data: QueryDict | None = None) -> None:
        data = data if data is not None else QueryDict()
        self.typed = self.fault = ""
        self.is_read = False
        self.values: dict[str, str] = {}
        self.notes: list[str] = []
        self.marks = [
            _Asked(each, data) for each in data.getlist("to_compare")[:MOST] if _ASKED.fullmatch(each)
        ]

    @classmethod
    def read(cls, data: QueryDict, *, today: date, given: Mapping[str, str]) -> Zone:
        """The zone that was typed; `given` are the form's other fields, of which none is overwritten."""
        zone, typed = cls(), data.get("zone", "")[:LONGEST]
        try:
            reading = mrz.read(typed, today=today)
        except mrz.Unreadable as fault:
            zone.typed = typed
            lengths = ", ".join(str(length) for length in fault.lengths)
            zone.fault = _said(Note(fault.code, value=lengths))
            return zone
        said, about = values(reading), notes(reading)
        zone.is_read, zone.typed = bool(said), typed if reading.faults else ""
        if not said:
            zone.fault = _said(about[0])
            return zone
        kept = {name for name in said if given.get(name)}
        zone.values = {name: value for name, value in said.items() if name not in kept}
        differing = [name for name in SAID if name in kept and not _agree(name, given[name], said[name])]
        about += [Note("differs", name, _shown(name, said[name])) for name in differing]
        zone.notes = [_said(each) for each in about]
        zone.marks = [_Asked(_encoded(each)) for each in compared(reading) if each.field in zone.values]
        return zone

    @property
    def is_used(self) -> bool:
        """Whether it must not be folded away."""
        return bool(self.fault or self.is_read or self.marks)

    @property
    def reader_size(self) -> int:
        """Kilobytes of the optional reader of pictures, as it goes over the line."""
        return _reader_size()

    @property
    def states(self) -> str:
        """The codes of all states one after the other, three letters each, for the device."""
        return "".join(nations.codes())


class _Asked:
    """A character that somebody is asked to compare, as it goes to the browser and comes back."""

    def __init__(self, code: str, data: QueryDict | None = None) -> None:
        self.code = code
        self.field, place, self.read, self.others = code.split(".")
        self.place = int(place)
        self.is_done = data is not None and code in data.getlist("compared")

    @property
    def sentence(self) -> str:
        others = str(SENTENCES["or"]).join(self.others)
        words = {"field": Zone.labels.get(self.field, ""), "place": self.place, "read": self.read}
        return str(SENTENCES["mark"]) % {**words, "others": others}

    def is_changed(self, data: Mapping[str, Any]) -> bool:
        """Whether another number was typed in the meantime: then there is nothing left to compare."""
        number = str(data.get("document_number", ""))
        return self.field == "document_number" and number[self.place - 1 : self.place].upper() != self.read


def uncompared(data: Mapping[str, Any]) -> set[str]:
    """The fields of a sent form in which marked characters wait to be compared."""
    if not isinstance(data, QueryDict):
        return set()
    marks = Zone(data).marks
    return {mark.field for mark in marks if not mark.is_done and not mark.is_changed(data)}


@cache
def _reader_size() -> int:
    return round(sum(len(compress(part.read_bytes())) for part in ENGINE.glob("*.js")) / 1024)


def _encoded(mark: Compared) -> str:
    return f"{mark.field}.{mark.place}.{mark.read}.{mark.others}"


def _said(note: Note) -> str:
    return str(SENTENCES[note.code]) % {"field": Zone.labels.get(note.field, ""), "value": note.value}


def _shown(name: str, value: str) -> str:
    return nations.name(value) if name in ("nationality", "document_issuer") else value


def _agree(name: str, typed: str, said: str) -> bool:
    """Whether what was typed says the same: names in any order, a country in any of its names."""
    if name in ("names", "family", "given"):
        return key(typed) == key(said)
    if name in ("nationality", "document_issuer"):
        found = nations.find(re.sub(r"\s*\([A-Z]{3}\)$", "", typed))
        return found is not None and found.code == said
    if name == "document_number":
        return typed.replace(" ", "").upper() == said.replace(" ", "")
    return typed == said
