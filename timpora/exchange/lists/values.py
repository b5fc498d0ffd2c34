"""One cell as the values that statements hold: what a field's text says, or the code of its fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from timpora.registry import nations, permits
from timpora.registry.names import fold
from timpora.registry.plain import plain
from timpora.vault import normalised

from .dates import DateFault, Order, read_date

LENGTHS = {"given": 120, "family": 120, "purpose": 80, "permit_index": 20, "employer": 120, "job": 120}
LENGTH = 200  # of a name, an address and all else; the columns of the registry
NATIONALITY_TEXT = 60
FEMALE = frozenset(["p", "pr", "perempuan", "f", "female", "w", "wanita", "woman", "girl", "putri", "2"])
MALE = frozenset(["l", "lk", "laki", "laki-laki", "m", "male", "pria", "man", "boy", "putra", "1"])
_MALE_WHERE_P_IS_PRIA = "p"
_EXPONENT = re.compile(r"\d[.,]?\d*E\+?\d+", re.IGNORECASE)
_DATE_IN_TEXT = re.compile(
    r"\d{1,2}\D{1,3}\d{1,2}\D{1,3}\d{2,4}|\d{1,2}\W+[^\W\d]{3,}\W+\d{2,4}|\d{4}-\d{2}-\d{2}"
)
_PIECE = re.compile(r"[^\W\d]+|\d")
_RANGE = re.compile(r"\s+(?:-|–|s\s*[/.]\s*d\.?|sd|sampai(?: dengan)?|hingga|to|until)\s+", re.IGNORECASE)
_NO_END = frozenset(
    [
        "seumur hidup",
        "tidak terbatas",
        "tanpa batas",
        "unlimited",
        "lifetime",
        "permanent",
        "permanen",
        "tetap",
    ]
)
_BLANK = frozenset(
    ["", "-", "--", "—", "–", "n/a", "na", "nihil", "tidak ada", "null", "none", "0", "#n/a", "."]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: `values` by field, the `code` of a fault or "", and codes of notes."""

    values: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """What one column does all the way down: the order of its dates, and whether P is Pria beside W."""

    order: Order = "dmy"
    p_is_male: bool = False


Reader = Callable[[str, str, Habits, date], Reading]


def read_cell(name: str, text: str, habits: Habits, today: date) -> Reading:
    """What the cell of field `name` says; an empty one or a dash says nothing."""
    if text.strip().casefold() in _BLANK and not (name in ("citizenship", "life_status") and text.strip()):
        return Reading()
    return READERS.get(name, _line)(name, text, habits, today)


def date_part(text: str) -> str:
    """The part of a cell that is a full date, after a place or at the end of a span; else the whole text."""
    found = _DATE_IN_TEXT.findall(text)
    return str(found[-1]) if found else text


def _line(name: str, text: str, habits: Habits, today: date) -> Reading:
    value = plain(text)
    if len(value) > LENGTHS.get(name, LENGTH):
        return Reading(code="too_long")
    return Reading({name: value} if value else {})


def _name(name: str, text: str, habits: Habits, today: date) -> Reading:
    value = plain(text).strip(" ,.;:*-")
    if not any(unicodedata.category(c)[0] == "L" for c in value):
        return Reading(code="no_letters")
    return Reading(code="too_long") if len(value) > LENGTHS.get(name, LENGTH) else Reading({name: value})


def _sex(name: str, text: str, habits: Habits, today: date) -> Reading:
    word = fold(text).replace(" ", "-") or text.strip()
    if habits.p_is_male and word == _MALE_WHERE_P_IS_PRIA:
        return Reading({name: "M"})
    words = {word, *re.split(r"\W+", text.casefold())}
    female, male = bool(words & FEMALE), bool(words & MALE)
    if female != male:
        return Reading({name: "F" if female else "M"})
    return Reading({name: "X"}) if word == "x" else Reading(code="sex_unknown")


def _birth(name: str, text: str, habits: Habits, today: date) -> Reading:
    """A birth date, alone or beside its place: "Guangzhou, 17-08-1990", "GUANGZHOU / 17 Agustus 1990"."""
    flat = " ".join(text.split())[:160]
    found = read_date(flat, habits.order, today=today)
    for rest in _without_place(flat):
        if not (isinstance(found, DateFault) and found.code == "date_unreadable"):
            break
        found = read_date(rest, habits.order, today=today)
    if isinstance(found, DateFault):
        return Reading(code=found.code)
    return Reading({name: str(found)}, notes=() if found.day else ("year_only",))


def _without_place(text: str) -> Iterator[str]:
    """The text up to its last figure, shorter by a word each time, until a figure would be lost."""
    figures = [at for at, sign in enumerate(text) if sign.isdigit()]
    text = text[: figures[-1] + 1] if figures else ""
    for piece in _PIECE.finditer(text):
        yield text[piece.start() :]
        if piece[0].isdigit():
            return


def _until(name: str, text: str, habits: Habits, today: date) -> Reading:
    """A last day, alone or at the end of a span; an RPTKA's span gives its first day, too."""
    flat = " ".join(text.split())
    if name == "permit_until" and fold(flat) in _NO_END:
        return Reading(notes=("no_end",))
    ends = _RANGE.split(flat)
    if len(ends) == 1 and len(dates := _DATE_IN_TEXT.findall(flat)) == 2:
        ends = dates
    last = read_date(ends[-1], habits.order, today=today, future=True)
    if isinstance(last, DateFault):
        return Reading(code=last.code)
    values = {name: str(last)}
    if name == "rptka_until" and len(ends) == 2:
        first = read_date(ends[0], habits.order, today=today, future=True)
        values |= {} if isinstance(first, DateFault) else {"rptka_from": str(first)}
    return Reading(values)


def _nationality(name: str, text: str, habits: Habits, today: date) -> Reading:
    written = plain(text)
    code = _nation(written)
    if not code:
        return Reading(code="nationality_unknown")
    if code == nations.INDONESIA:
        return Reading(code="citizen")
    return Reading({name: code, "nationality_text": written[:NATIONALITY_TEXT]})


@lru_cache(maxsize=2_000)
def _nation(written: str) -> str:
    """The code of the nation, also where two words for it stand there: "CHINA (RRT)"."""
    if len(written) > NATIONALITY_TEXT or any(map(str.isdigit, written)):
        return ""  # an address in the wrong column: not worth the search for a near name
    if found := nations.find(written):
        return found.code
    halves = {half.code for text in re.split(r"[/(),]", written) if (half := nations.find(text))}
    return halves.pop() if len(halves) == 1 else ""


def _number(name: str, text: str, habits: Habits, today: date) -> Reading:
    if _EXPONENT.fullmatch(text.strip()):
        return Reading(code="rounded_number")
    # A passport's number has no separators; a permit's has, and stays as printed.
    value = normalised(plain(text)) if name == "document_number" else plain(text).upper()
    if not any(c.isalnum() for c in value):
        return Reading(code="no_number")
    return Reading(code="too_long") if len(value) > 40 else Reading({name: value})


def _numbered_permit(name: str, text: str, habits: Habits, today: date) -> Reading:
    """A number under "No. ITAS" says the permit's kind, too."""
    read = _number(name, text, habits, today)
    if read.code:
        return read
    return Reading({"permit_number": read.values[name], "permit_kind": name[:4].rstrip("_").upper()})


def _permit(name: str, text: str, habits: Habits, today: date) -> Reading:
    return _permit_kind(plain(text))


@lru_cache(maxsize=2_000)
def _permit_kind(text: str) -> Reading:
    """Of "ITAS", "KITAS (E23)", "C312" or "ITAS Kerja" the kind, and the index where one stands there."""
    words = re.findall(r"[\w-]+", text)
    kind = permits.kind(text) or next(filter(None, map(permits.kind, words)), None)
    indices = (permits.find(word) for word in words if any(map(str.isdigit, word)))
    index = next(filter(None, indices), None)
    code = kind.code if kind else index.kind if index else ""
    if not code:
        return Reading(code="permit_unknown")
    if next(known.outside for known in permits.kinds() if known.code == code):
        return Reading(code="diplomat")
    return Reading({"permit_kind": code} | ({"permit_index": index.code} if index else {}))


def _index(name: str, text: str, habits: Habits, today: date) -> Reading:
    value = plain(text)
    if len(value) > LENGTHS["permit_index"]:
        return Reading(code="too_long")
    known = permits.find(value)
    return Reading({name: known.code if known else value}, notes=() if known else ("index_unknown",))


READERS: dict[str, Reader] = {
    **dict.fromkeys(("names", "given", "family"), _name),
    **dict.fromkeys(("document_number", "permit_number", "nik_domicile", "epo_number"), _number),
    **dict.fromkeys(("itk_number", "itas_number", "itap_number"), _numbered_permit),
    **dict.fromkeys(
        ("document_until", "permit_until", "rptka_until", "rptka_from", "issued_on", "left_on"), _until
    ),
    **dict.fromkeys(("arrived_on", "departed_on"), _until),
    "sex": _sex,
    "birth_date": _birth,
    "nationality": _nationality,
    "permit_kind": _permit,
    "permit_index": _index,
}
DATED = frozenset(name for name, reader in READERS.items() if reader in (_birth, _until))
