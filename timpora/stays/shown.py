"""What a role sees of a stay: a lodging its own guest, officers as much as of a resident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timpora.registry import nations
from timpora.registry.fields import LABELS
from timpora.reports.models import Report
from timpora.reports.shown import value_of
from timpora.stays.models import Stay
from timpora.team.models import Mandate
from timpora.team.roles import Role

OWN = (
    "names", "sex", "nationality", "birth_date", "birth_place", "document_kind", "document_issuer",
    "document_number", "parent",
)  # fmt: skip


def open_fields(mandate: Mandate) -> tuple[str, ...]:
    """The fields of a guest that a mandate sees, in order."""
    sight = mandate.sight
    if mandate.role == Role.LODGING or sight.numbers:
        return OWN
    if not sight.persons:
        return ()
    return ("names", "nationality", "birth_date") if sight.birth_date else ("names", "nationality")


@dataclass(frozen=True)
class Guest:
    """One stay as a row or a page shows it."""

    stay: Stay
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.stay.name if "names" in self.fields else ""

    @property
    def country(self) -> str:
        return nations.name(self.stay.values.get("nationality", ""), get_language() or "id")

    @property
    def born(self) -> str:
        return self._value("birth_date")

    @property
    def number(self) -> str:
        return self._value("document_number")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(label, value) of everything that is said and open."""
        told = [(str(capfirst(LABELS[name])), self._value(name)) for name in self.fields if name in LABELS]
        return [(label, value) for label, value in told if value]

    @property
    def state(self) -> tuple[str, str]:
        """(words, look of the badge): where the guest is, or how far the report is that an entry made."""
        stay = self.stay
        if stay.voided:
            return _("taken back"), "calm"
        if stay.known_until is not None:
            return _("corrected"), "calm"
        if stay.left_on is not None:
            return _("left"), "calm"
        if stay.report is not None and stay.report.state != Report.State.VERIFIED:
            return str(Report.State(stay.report.state).label), "waiting"
        if stay.until and stay.until < stay.lodging.today:
            return _("expected to have left"), "ask"
        return _("in the house"), "sure"

    def _value(self, name: str) -> str:
        value: Any = self.stay.values.get(name, "")
        return value_of(name, str(value)) if name in self.fields and value else ""


def guests(stays: Any, mandate: Mandate) -> list[Guest]:
    """The stays as a mandate sees them."""
    fields = open_fields(mandate)
    return [Guest(stay, fields) for stay in stays]
