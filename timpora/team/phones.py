"""Mobile numbers as people type them, in the one form they are kept and compared in. Pure, no Django."""

from __future__ import annotations

import phonenumbers

HOME = "ID"
"""The country of numbers without a country code."""


def e164(text: str) -> str | None:
    """The number as "+62812…" (ITU-T E.164), however it was spaced; None for what is no telephone number.

    A spreadsheet drops the 0 in front of "0812…"; the number is known without it.
    """
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(number: str) -> str:
    """The number as it is dialled at home: "0812-3456-789"; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return number
    if phonenumbers.region_code_for_country_code(parsed.country_code or 0) != HOME:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
