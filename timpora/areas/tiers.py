"""The tiers that may verify a report, and what an office may choose of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TIERS = {"district": _("district"), "regency": _("regency or city"), "office": _("immigration office")}
"""The tiers that may verify a report, from below."""


def check_tiers(value: str) -> None:
    """Refuses a list of verifying tiers that is empty, unknown, doubled or out of order."""
    tiers = [tier.strip() for tier in value.split(",")]
    if tiers != [tier for tier in TIERS if tier in tiers]:
        raise ValidationError(
            _("Name one or more of %(tiers)s, from below, with commas."), params={"tiers": ", ".join(TIERS)}
        )
