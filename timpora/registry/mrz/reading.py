"""Reads a zone: its fields, what was set right, what a person must compare, what disagrees."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from . import dates
from .digits import AS_LETTER, FILLER, equals
from .finding import candidates, lines_of
from .layout import ANY, LETTERS, Format
from .proving import Changes, groups, settle

FAULTS = 1  # fields that may disagree where fillers were counted anew: more, and these are no lines of a zone


class Unreadable(ValueError):
    """No zone was found; `code` says why: "empty", "length" (with the `lengths` of the lines), "other"."""

    def __init__(self, code: str, lengths: tuple[int, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.lengths = code, lengths


@dataclass(frozen=True, slots=True)
class Mark:
    """A character a person must compare: at `place` (from 0) of a field stands `read`, or one of `others`."""

    field: str
    place: int
    read: str
    others: str
    why: str  # "equal": the digits can't tell them apart; "written": something else was written there


@dataclass(frozen=True, slots=True)
class Reading:
    """A zone as it was read.

    `fields` are named as in ICAO 9303, without fillers at their end; the names apart and with spaces. `birth`
    and `expiry` are ISO texts, as much as is known. `faults`: fields whose check digit or calendar disagrees.
    """

    format: str
    lines: tuple[str, ...]
    fields: dict[str, str]
    birth: str
    century: str
    expiry: str
    truncated: bool
    repaired: tuple[Mark, ...]
    unclear: tuple[Mark, ...]
    faults: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as lists and dictionaries, as mrz.js gives it."""
        return asdict(self)


def read(text: str, *, today: date) -> Reading:
    """The zone in a text. Raises Unreadable when there is none."""
    lines = lines_of(text)
    best: tuple[tuple[int, bool, int], Reading] | None = None
    for form, signs, is_exact in candidates(lines):
        found = _read(form, signs, today)
        rank = (len(found.faults), not is_exact, len(found.repaired))
        if (is_exact or len(found.faults) <= FAULTS) and (best is None or rank < best[0]):
            best = rank, found
    if best:
        return best[1]
    raise _unreadable(lines)


def _unreadable(lines: list[str]) -> Unreadable:
    if not lines:
        return Unreadable("empty")
    alike = tuple(len(line) for line in lines if FILLER in line or len(line) > 25)
    return Unreadable("length", alike[:3]) if alike else Unreadable("other")


def _read(form: Format, written: str, today: date) -> Reading:
    readings, faults = settle(form, written)
    signs = list(written)
    for place, sign in readings[0]:
        signs[place] = sign
    read = "".join(signs)
    letters = [place for field in LETTERS for place in range(*form.spans[field])]
    read = "".join(AS_LETTER.get(s, s) if at in letters else s for at, s in enumerate(read))
    fields = _fields(form, read)
    birth = dates.birth(fields["date_of_birth"].ljust(6, FILLER), today)
    expiry = dates.expiry(fields["date_of_expiry"].ljust(6, FILLER), today)
    faults += ["date_of_birth"] if birth is None and "date_of_birth" not in faults else []
    faults += ["date_of_expiry"] if expiry is None and "date_of_expiry" not in faults else []
    faults += ["sex"] if fields["sex"] not in ("M", "F", "X", "") else []
    marker = _Marker(form, written, read, readings)
    return Reading(
        format=form.name,
        lines=tuple(read[at : at + form.width] for at in range(0, form.size, form.width)),
        fields=fields, birth=birth[0] if birth else "", century=birth[1] if birth else "",
        expiry=expiry or "", truncated=read[form.spans["names"][1] - 1] != FILLER,
        repaired=marker.repaired(), unclear=marker.unclear(), faults=tuple(faults),
    )  # fmt: skip


def _fields(form: Format, read: str) -> dict[str, str]:
    spans = {field: read[start:end].rstrip(FILLER) for field, (start, end) in form.spans.items()}
    number = next(group for group in groups(form, read) if group.field == "document_number")
    if len(number.places) > 9:
        spans["document_number"] = "".join(read[place] for place in number.places)
        spans["optional_data"] = read[number.digit + 1 : form.spans["optional_data"][1]].strip(FILLER)
    primary, _gap, secondary = spans.pop("names").partition(FILLER * 2)
    spans["primary_identifier"] = _spaced(primary)
    spans["secondary_identifier"] = _spaced(secondary)
    return spans


def _spaced(name: str) -> str:
    return " ".join(part for part in name.split(FILLER) if part)


class _Marker:
    """Where a person must look: by place of the zone, as places of its fields."""

    def __init__(self, form: Format, written: str, read: str, readings: list[Changes]) -> None:
        self.written, self.read, self.readings = written, read, [dict(each) for each in readings]
        self.at: dict[int, tuple[str, int]] = {}
        for field, (start, end) in form.spans.items():
            self.at |= {place: (field, place - start) for place in range(start, end)}
        for group in groups(form, read):
            self.at |= {place: (group.field, at) for at, place in enumerate(group.places)}
            self.at[group.digit] = (f"{group.field}_check", 0)
        if form.composite is not None:
            self.at[form.composite] = ("composite", 0)

    def repaired(self) -> tuple[Mark, ...]:
        """What was written otherwise, where the check digits leave only one reading."""
        proven = self.readings[0].items() & set.intersection(*(set(each.items()) for each in self.readings))
        return tuple(self._mark(place, self.written[place], "written") for place, _sign in sorted(proven))

    def unclear(self) -> tuple[Mark, ...]:
        """The characters to compare: taken for others without proof, of two readings, or equal to the digits.

        A digit for a letter where only digits may stand is proven by its check digit. A name has none, and
        where both may stand a slip elsewhere may have made the digits agree.
        """
        marks = []
        for place, sign in sorted((at, self.read[at]) for at in self.at):
            field = self.at[place][0]
            if field not in (*ANY, *LETTERS):
                continue
            others = {each.get(place, self.written[place]) for each in self.readings} | {self.written[place]}
            others -= {sign}
            alike = equals(sign) if field in ANY else ""
            if others or alike:
                found = "".join(sorted(others | set(alike)))
                marks.append(self._mark(place, found, "written" if others else "equal"))
        return tuple(marks)

    def _mark(self, place: int, others: str, why: str) -> Mark:
        field, at = self.at[place]
        return Mark(field, at, self.read[place], others, why)
