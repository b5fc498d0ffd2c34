"""Which dates of somebody's papers can't be so. They may lie in the future, and be known in part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from timpora.registry.fields import SPANS, UNTIL
from timpora.registry.partial_date import PartialDate, PartialDateError


def is_before_birth(day: date, birth_date: str) -> bool:
    """Whether a day lies before a birth date of which a part may be unknown ("" when all is)."""
    try:
        return bool(birth_date) and day < PartialDate.parse(birth_date).earliest
    except PartialDateError:
        return False  # what is no date is a fault of its own field


def faults(values: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each field that can't be so: no date, before 1900, an end before its beginning."""
    found: dict[str, str] = {}
    read: dict[str, PartialDate] = {}
    for field in (*UNTIL, *SPANS.values()):
        if values.get(field):
            try:
                read[field] = PartialDate.parse(str(values[field]), allow_future=True)
            except PartialDateError as fault:
                found[field] = _(fault.message)
    for field in read.keys() & set(UNTIL):
        if is_before_birth(read[field].latest, str(values.get("birth_date") or "")):
            found[field] = _("This day lies before the date of birth.")
    for last, first in SPANS.items():
        if first in read and last in read and read[last].latest < read[first].earliest:
            found[last] = _("This day lies before the day the plan begins.")
    return found
