"""What a field, a kind of list and a fault are called on the page."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.exchange import guests
from timpora.exchange.lists import faults
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.meaning import REMEDIES
from timpora.exchange.reasons import GROUNDS, REASONS, RESIDENCES
from timpora.registry.fields import LABELS
from timpora.team.models.agency import listed as agencies

# What lists have beside the fields of the registry: read for what it says of the others.
BESIDE = {
    "birth_place": gettext_lazy("place of birth"),
    "village": gettext_lazy("village (desa, kelurahan)"),
    "district": gettext_lazy("district (kecamatan)"),
    "rt_rw": gettext_lazy("RT and RW"),
    "issued_on": gettext_lazy("issued on"),
    "left_on": gettext_lazy("left on"),
    "lodging": gettext_lazy("lodging"),
    "lodging_village": gettext_lazy("village (desa, kelurahan)"),
    "lodging_district": gettext_lazy("district (kecamatan)"),
    "arrived_on": gettext_lazy("check-in"),
    "departed_on": gettext_lazy("check-out"),
    "nik_domicile": gettext_lazy("number of the residence certificate"),
    "itk_number": gettext_lazy("ITK number"),
    "itas_number": gettext_lazy("ITAS number"),
    "itap_number": gettext_lazy("ITAP number"),
    "epo_number": gettext_lazy("EPO number"),
    "citizenship": gettext_lazy("citizen or foreigner"),
    "life_status": gettext_lazy("alive, moved or dead"),
    "institution": gettext_lazy("school or university"),
}


def field(name: str) -> str:
    """The field as a page names it."""
    label: Any = LABELS.get(name) or BESIDE.get(name) or name
    return str(capfirst(label))


def kind(code: str) -> str:
    """The kind of list in the reader's language."""
    known = KINDS.get(code)
    return _(known.name) if known else code


def definition(code: str) -> str:
    """Whom a kind of list counts, in a sentence or two."""
    known = KINDS.get(code)
    return _(known.definition) if known else ""


def listed(key: str) -> str:
    """A list by its key: "disnaker.workers" → the agency's short name and the list's; else the residents."""
    agency, _dot, code = key.partition(".")
    if key == RESIDENCES:
        return _("the verified residents")
    short = next((row["short"] for row in agencies() if row["code"] == agency), agency)
    return f"{short}: {kind(code)}"


def reason(code: str) -> str:
    """The name of a reason."""
    known = REASONS.get(code)
    return _(known.name) if known else code


def ground(code: str, number: int) -> str:
    """What speaks for a reason, in a sentence."""
    said = GROUNDS.get(code)
    return _(said) % {"n": number} if said else code


def remedy(code: str) -> str:
    """What is to be done about a fault, by its code."""
    msgid = REMEDIES.get(code) or faults.REMEDIES.get(code) or guests.REMEDIES.get(code, "")
    return _(msgid) if msgid else code
