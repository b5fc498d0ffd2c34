"""What the check digits prove: a misread character is set right only where they leave no other reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from .digits import ALIKE, AS_DIGIT, AS_LETTER, FILLER, check_digit
from .layout import ANY, DATES, LETTERS, LONG_NUMBER, Format

MANY = 8  # look-alikes of one field whose every combination is tried
KEPT = 16  # readings of one field that go on to the composite digit

Changes = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A field with its check digit: the places it covers, the place it stands at, what may stand there."""

    field: str
    places: tuple[int, ...]
    digit: int
    may_be_filler: bool = False


def groups(form: Format, signs: str) -> list[Group]:
    """The fields of a zone that have check digits of their own; a long number with all its parts."""
    found = []
    for field, digit in form.checks.items():
        places = tuple(range(*form.spans[field]))
        if field == "document_number" and form.name in LONG_NUMBER and signs[digit] == FILLER:
            start, end = form.spans["optional_data"]
            rest = signs[start:end].split(FILLER)[0]
            places += tuple(range(start, start + max(len(rest) - 1, 0)))
            digit = start + len(rest) - 1 if len(rest) > 1 else digit
        is_empty = field == "optional_data" and all(signs[place] == FILLER for place in places)
        found.append(Group(field, places, digit, is_empty))
    return found


def settle(form: Format, signs: str) -> tuple[list[Changes], list[str]]:
    """(readings as changes of what was written, the fewest changes first; fields whose digit fits none).

    One empty reading: all digits agree as written. With faults the readings are of the other fields.
    """
    kinds = _kinds(form, signs)
    options, faults = [], []
    for group in groups(form, signs):
        found = _agreeing(kinds, signs, group)
        options.append(found or [()])
        faults += [] if found else [group.field]
    if form.composite is None or faults:
        return _joined(options), faults
    over = [place for span in form.covered for place in range(*span)]
    checked = {place for group in groups(form, signs) for place in (*group.places, group.digit)}
    free = [place for place in over if place not in checked]
    unchanged: list[tuple[tuple[int, str], ...]] = [()]
    for more in (unchanged, _alternatives(kinds, signs, free)[: KEPT * 4]):
        digits = _alternatives(kinds, signs, [form.composite])
        tried = _joined([*options, more, digits])
        if agreed := [each for each in tried if _holds(signs, each, over, form.composite)]:
            return agreed, []
    return _joined(options), ["composite"]


def _kinds(form: Format, signs: str) -> dict[int, dict[str, str]]:
    """What each place takes for a character, by the character: a date no letter, a name no digit."""
    kinds: dict[int, dict[str, str]] = {}
    for field, span in form.spans.items():
        kind = (
            AS_LETTER if field in LETTERS else AS_DIGIT if field in DATES else ALIKE if field in ANY else {}
        )
        kinds |= dict.fromkeys(range(*span), kind)
    for digit in (*form.checks.values(), *([] if form.composite is None else [form.composite])):
        kinds[digit] = AS_DIGIT
    for group in groups(form, signs):
        kinds[group.digit] = AS_DIGIT
    return kinds


def _choices(kind: dict[str, str], sign: str) -> str:
    """What a character may be at a place of this kind, as written first; "" when nothing."""
    if kind is ALIKE:
        return sign + kind.get(sign, "")
    if kind is AS_DIGIT:
        return sign if sign.isdigit() or sign == FILLER else kind.get(sign, "")
    return sign if not sign.isdigit() else kind.get(sign, "")


def _alternatives(kinds: dict[int, dict[str, str]], signs: str, places: Iterable[int]) -> list[Changes]:
    """Every reading of these places, the fewest changes first."""
    choices = [[(place, sign) for sign in _choices(kinds[place], signs[place])] for place in places]
    if sum(len(each) > 1 for each in choices) > MANY:
        choices = [each[:1] for each in choices]
    open_ = [each for each in choices if len(each) != 1 or each[0][1] != signs[each[0][0]]]
    found = [tuple(each for each in taken if each[1] != signs[each[0]]) for taken in product(*open_)]
    return sorted(found, key=len)


def _agreeing(kinds: dict[int, dict[str, str]], signs: str, group: Group) -> list[Changes]:
    """The readings of a field with which its check digit agrees; only the one as written if that does."""
    if signs[group.digit] == FILLER and not group.may_be_filler:
        return []
    found = _alternatives(kinds, signs, (*group.places, group.digit))
    agreed = [each for each in found if _holds(signs, each, group.places, group.digit)]
    return agreed[:1] if agreed and not agreed[0] else agreed[:KEPT]


def _holds(signs: str, changes: Changes, places: Iterable[int], digit: int) -> bool:
    read = dict(changes)
    due = check_digit(read.get(place, signs[place]) for place in places)
    return due == read.get(digit, signs[digit]).replace(FILLER, "0")


def _joined(options: list[list[Changes]]) -> list[Changes]:
    """The readings of all fields together, the fewest changes first."""
    found = [tuple(change for part in each for change in part) for each in product(*options)]
    return sorted(found, key=len)
