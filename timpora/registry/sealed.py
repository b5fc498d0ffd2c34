"""The numbers that stand sealed in a person's values: in clear, masked, and as two of them are compared."""

from __future__ import annotations

from timpora import vault
from timpora.registry import masks

# For which place a field's number is sealed.
CONTEXTS = {"document_number": "document", "permit_number": "permit"}


def opened(field: str, value: str) -> str:
    """The number in clear; "" for none. Raises VaultError where no key opens it."""
    return vault.current().open_(value, CONTEXTS[field]) if value else ""


def masked(field: str, value: str) -> str:
    """The number as it stands on a screen; one that no key opens is not shown at all."""
    try:
        return masks.number(opened(field, value))
    except vault.VaultError:
        return masks.DOTS


def comparable(field: str, value: str) -> str:
    """What is equal for equal numbers, however they are spaced; what no key opens is like itself alone."""
    try:
        return vault.normalised(opened(field, value))
    except vault.VaultError:
        return value
