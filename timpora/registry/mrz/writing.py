"""Writes a zone from its fields, check digits included: for tests and for strips to measure readers with."""

from __future__ import annotations

from collections.abc import Mapping

from .digits import FILLER, check_digit
from .layout import FORMATS, LONG_NUMBER, Format


def written(fields: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The lines of format `name` ("TD3", …): fields as `Reading.fields` has them, A–Z, 0–9 and spaces.

    Names are cut where they do not fit; any other field too long raises ValueError.
    """
    form = FORMATS[name]
    signs = [FILLER] * form.size
    names = fields["primary_identifier"] + FILLER * 2 + fields.get("secondary_identifier", "")
    start, end = form.spans["names"]
    given = {**fields, "names": names.rstrip(FILLER)[: end - start]}
    long_check = _divided(given, form)
    for field, span in form.spans.items():
        _put(signs, field, given.get(field, ""), span)
    for field, digit in form.checks.items():
        signs[digit] = check_digit("".join(signs[slice(*form.spans[field])]))
    if long_check:
        signs[form.checks["document_number"]] = FILLER
    if form.composite is not None:
        signs[form.composite] = check_digit("".join("".join(signs[slice(*span)]) for span in form.covered))
    text = "".join(signs)
    return tuple(text[at : at + form.width] for at in range(0, form.size, form.width))


def _divided(given: dict[str, str], form: Format) -> bool:
    """Moves the end of a long number and its check digit into the optional data; whether it did."""
    number = given["document_number"]
    if len(number) <= 9 or form.name not in LONG_NUMBER:
        return False
    given["document_number"] = number[:9]
    given["optional_data"] = number[9:] + check_digit(number) + FILLER + given.get("optional_data", "")
    return True


def _put(signs: list[str], field: str, value: str, span: tuple[int, int]) -> None:
    start, end = span
    text = value.replace(" ", FILLER)
    if len(text.rstrip(FILLER)) > end - start:
        raise ValueError(f"{field} has {len(text)} characters of {end - start} at most")
    signs[start:end] = text[: end - start].ljust(end - start, FILLER)
