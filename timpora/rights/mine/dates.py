"""Days in the words of six languages, as far as they are known."""

from __future__ import annotations

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language

from timpora.registry.partial_date import PartialDate, PartialDateError


def date_of(value: str) -> str:
    """An ISO date, partial ones too, in the reader's language; what is no date stays as it was written."""
    language = get_language() or "id"
    try:
        known = PartialDate.parse(value, allow_future=True)
    except PartialDateError:
        return value
    if language in ("id", "en") or known.month is None:
        return known.display(language)
    locale = language.replace("-", "_")
    if known.day is None:
        return format_skeleton("yMMMM", known.earliest, locale=locale)
    return format_date(known.earliest, "long", locale=locale)
