"""The vocabulary of what may be said of a person; what is not listed here is not kept.

Kept to identity, permit, address, guarantor, source and date (PP 31/2013 Pasal 188 names such fields for
lodgings; UU 27/2022 asks for no more than the purpose needs).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from timpora.team.roles import Sight

IDENTITY = ("names", "given", "family", "sex", "birth_date", "nationality", "nationality_text")
DOCUMENT = ("document_kind", "document_issuer", "document_number", "document_until")
PERMIT = ("permit_kind", "permit_index", "permit_number", "permit_until", "visa_until")
EMPLOYMENT = ("employer", "job", "work_area", "rptka_from", "rptka_until")
GUARANTOR = ("guarantor_status", "guarantor")
RESIDENCE = ("address", "purpose")
FAMILY = ("parent",)

# Said by lodgings alone (PP 31/2013 Pasal 188); nothing of a person is concluded from it.
LODGING = ("birth_place",)

ALL = (*IDENTITY, *RESIDENCE, *DOCUMENT, *PERMIT, *EMPLOYMENT, *GUARANTOR, *FAMILY)
SEALED = ("document_number", "permit_number")
# What an officer may set right. Documents are left out: another number is another document, not a better one.
CORRECTABLE = (
    *IDENTITY, *RESIDENCE, *(f for f in PERMIT if f not in SEALED), *EMPLOYMENT, *GUARANTOR, *FAMILY,
)  # fmt: skip
# What an officer set right, and no later report overrules: who somebody is and whose child.
LASTING = (*IDENTITY, *FAMILY)
# The last days of papers, and spans of which the first day is said, too.
UNTIL = ("document_until", "permit_until", "visa_until", "rptka_until")
SPANS = {"rptka_until": "rptka_from"}
DATES = ("birth_date", *UNTIL, *SPANS.values())
# Said together: a corrected end of a permit still needs the permit's kind beside it.
GROUPS = (PERMIT, EMPLOYMENT, GUARANTOR)
# What a village sees of its residents; birth dates and numbers it enters and does not see again.
NEIGHBOURLY = ("names", "nationality", "address", "purpose")

LABELS = {
    "names": _("name as printed"),
    "given": _("given names"),
    "family": _("family name"),
    "sex": _("sex"),
    "birth_date": _("date of birth"),
    "birth_place": _("place of birth"),
    "nationality": _("nationality"),
    "nationality_text": _("nationality as written"),
    "address": _("address"),
    "purpose": _("purpose"),
    "document_kind": _("document"),
    "document_issuer": _("issued by"),
    "document_number": _("document number"),
    "document_until": _("document valid until"),
    "permit_kind": _("stay permit"),
    "permit_index": _("permit index"),
    "permit_number": _("permit number"),
    "permit_until": _("stay permitted until"),
    "visa_until": _("visa valid until"),
    "employer": _("employer"),
    "job": _("job"),
    "work_area": _("place of work"),
    "rptka_from": _("RPTKA from"),
    "rptka_until": _("RPTKA until"),
    "guarantor_status": _("guarantor status"),
    "guarantor": _("guarantor"),
    "parent": _("parent"),
}


def open_to(sight: Sight) -> tuple[str, ...]:
    """The fields that a role sees of a person in its own area, in the order they are shown."""
    if not (sight.persons or sight.one_person):
        return ()
    if sight.numbers:
        return ALL
    return (*NEIGHBOURLY, "birth_date") if sight.birth_date or sight.one_person else NEIGHBOURLY
