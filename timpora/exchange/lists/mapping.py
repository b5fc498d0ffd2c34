"""Which field each heading of a file means for a kind of list: remembered, known, likely or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rapidfuzz import fuzz, process

from timpora.sheets.columns import folded
from timpora.sheets.headings import Heading

from .columns import NOT_KEPT
from .kinds import KINDS, ListKind, forms
from .lines import SHARED
from .values import DATED, Habits, read_cell

Sure = Literal["remembered", "known", "likely", "not_kept", "unknown"]

LIKELY = 88  # of 100: "Kewarganegaran" for "kewarganegaraan"
PERSON = ("names", "given", "family", "birth_date", "document_number")  # one at least makes a list of people
_NOT_KEPT = frozenset(map(folded, NOT_KEPT))
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# Groups over several headings that say no more than that this is about the person or the home.
_NEUTRAL = frozenset(
    folded(
        """data identitas orang asing tka wna oa pribadi diri tenaga kerja pemegang biodata keterangan
        mahasiswa alamat tempat tinggal domisili izin ijin di indonesia lokasi"""
    ).split()
)
_HALVES = re.compile(r"[/\n|()]")
_PASSPORT = re.compile(r"pas+po[rs]t?|passport|dokumen perjalanan")
_PERMIT = re.compile(r"\bk?ita[sp]\b|izin tinggal|ijin tinggal|dokim")
_NUMBER = frozenset(["no", "nomor", "number", "nomer"])
_STATUS = frozenset(["wni", "wna", "1", "2", "3", "ganda", "dua kewarganegaraan", "dwi kewarganegaraan"])


@dataclass(frozen=True, slots=True)
class ListHeading:
    """One heading of the file: the `field` proposed ("" for none), how `sure`, up to three `samples`."""

    label: str
    field: str
    sure: Sure
    samples: tuple[str, ...] = ()


def worth(kind: ListKind, remembered: Mapping[str, str]) -> Callable[[Sequence[Heading]], float]:
    """How well a row would serve as the heading row of this kind of list, to choose by."""

    def of(headings: Sequence[Heading]) -> float:
        found = [meaning(heading, kind, remembered) for heading in headings]
        fields = {field for field, _ in found if field}
        if not fields & set(PERSON):
            return 0
        return len(fields) + sum(sure in ("not_kept", "remembered") for _, sure in found) / 10

    return of


def meaning(heading: Heading, kind: ListKind, remembered: Mapping[str, str]) -> tuple[str, Sure]:
    """The field a heading means, by what was remembered and by the forms we know."""
    if heading.label in remembered:
        return remembered[heading.label], "remembered"
    known = forms(kind.code)
    for form in _written(heading.parts):
        if form in known:
            return known[form], "known"
        if form in _NOT_KEPT:
            return "", "not_kept"
    field = _under(*heading.parts, known) if len(heading.parts) == 2 else _said(heading.parts, known)
    return (field, "known") if field else ("", "unknown")


def proposed(
    headings: Sequence[Heading],
    cells: Mapping[str, Sequence[str]],
    kind: ListKind,
    remembered: Mapping[str, str],
    today: date,
) -> tuple[ListHeading, ...]:
    """Every heading with its proposed field; of two for one field the one whose `cells` fit better has it."""
    found = []
    for heading in headings:
        field, sure = meaning(heading, kind, remembered)
        texts = [text for text in cells[heading.label] if text]
        if sure == "unknown":
            field = _likely(heading, kind)
            sure = "likely" if field else "unknown"
        if sure in ("known", "likely") and field == "nationality" and texts and _only_status(texts):
            field = "citizenship"
        found.append(ListHeading(heading.label, field, sure, tuple(dict.fromkeys(texts))[:3]))
    return _once(found, cells, today)


def other_kind(headings: Sequence[Heading], kind: ListKind) -> str:
    """The code of the kind whose own headings these are, where none is of the kind meant; else ""."""
    labels = {form for heading in headings for form in _written(heading.parts)}
    if kind.code == "own" or labels & kind.marks:
        return ""
    hits = {code: len(labels & other.marks) for code, other in KINDS.items() if other is not kind}
    best = max(hits, key=lambda code: hits[code])
    same_office = set(KINDS[best].agencies) & set(kind.agencies)
    return best if hits[best] >= 2 and not same_office else ""


def _written(parts: Sequence[str]) -> list[str]:
    """The folded ways a heading may stand in our table: "Paspor / Nomor" the other way round, too."""
    texts = [" ".join(parts), " ".join(reversed(parts))]
    whole = [folded(text) for text in (*texts, *(_ASIDE.sub(" ", text) for text in texts))]
    bare = [re.sub(r"^(\d+|[a-h]) (?=\w\w)", "", form) for form in whole]
    return [form for form in dict.fromkeys((*whole, *bare)) if form]


def _under(group: str, lower: str, known: Mapping[str, str]) -> str:
    """The field of a heading under a group's, whose forms together are not in the table."""
    above, below = folded(group), folded(lower)
    field = _said([lower], known)
    ends = field in ("permit_until", "rptka_until", "document_until")
    if _PASSPORT.search(above):
        return "document_number" if below in _NUMBER else "document_until" if ends else ""
    if _PERMIT.search(above) and (ends or below in _NUMBER):
        return "permit_until" if ends else "permit_number"
    return field if set(above.split()) <= _NEUTRAL else ""


def _said(parts: Sequence[str], known: Mapping[str, str]) -> str:
    """The field of a heading, also in two languages: the halves of "Nama / Name" that are known agree."""
    text = "".join(parts)
    halves = [folded(half) for half in _HALVES.split(text)]
    fields = {known[half] for half in halves if half in known}
    return known.get(folded(text)) or (fields.pop() if len(fields) == 1 else "")


def _likely(heading: Heading, kind: ListKind) -> str:
    known = forms(kind.code)
    long = [form for form in known if len(form) > 4]
    for form in _written(heading.parts):
        best = (
            process.extractOne(form, long, scorer=fuzz.ratio, score_cutoff=LIKELY) if len(form) > 4 else None
        )
        if best:
            return known[best[0]]
    return ""


def _only_status(texts: Sequence[str]) -> bool:
    return all(text.strip().casefold() in _STATUS for text in texts)


def _once(
    found: list[ListHeading], cells: Mapping[str, Sequence[str]], today: date
) -> tuple[ListHeading, ...]:
    """The headings with no field proposed twice."""
    best: dict[str, tuple[tuple[int, float], str]] = {}
    for heading in found:
        rank = (heading.sure in ("remembered", "known"), _fit(heading.field, cells[heading.label], today))
        if heading.field and (heading.field not in best or rank > best[heading.field][0]):
            best[heading.field] = (rank, heading.label)
    return tuple(
        heading
        if not heading.field or heading.field in SHARED or best[heading.field][1] == heading.label
        else replace(heading, field="", sure="unknown")
        for heading in found
    )


def _fit(field: str, texts: Sequence[str], today: date) -> float:
    """The share of the cells that read without a fault as this field; all other fields take any text."""
    filled = [text for text in texts if text]
    if field not in (*DATED, "sex", "nationality", "permit_kind") or not filled:
        return float(bool(filled))
    good = sum(not read_cell(field, text, Habits(), today).code for text in filled)
    return good / len(filled)
