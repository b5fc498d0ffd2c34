"""How a value of the registry is shown to a reader: nations, dates and codes in words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from timpora.areas.codes import within_any
from timpora.registry import masks, named, nations, permits, vault
from timpora.registry.fields import DATES, SEALED
from timpora.registry.models import Guarantor, IdentityDocument, Person, Statement
from timpora.registry.partial_date import PartialDate, PartialDateError

CHOICES = {
    "sex": dict(Person.Sex.choices),
    "document_kind": dict(IdentityDocument.Kind.choices),
    "guarantor_status": dict(Guarantor.Status.choices),
}


def shown(field: str, value: str) -> str:
    """The value of a field as the reader's language writes it; sealed numbers come masked."""
    language = get_language() or "id"
    if field in DATES:
        return date_of(value)
    if field in ("nationality", "document_issuer"):
        return nations.name(value, language)
    if field == "permit_kind":
        known = permits.kind(value)
        return f"{value} – {known.name(language)}" if known and known.name(language) != value else value
    if field in SEALED:
        return masked(value, field.removesuffix("_number"))
    if field in ("work_area", "parent"):
        return named.words(value)
    return str(CHOICES[field].get(value, value)) if field in CHOICES else str(value)


def date_of(value: str) -> str:
    """A date of which parts may be unknown, in words; what is no date stays as it was written."""
    try:
        return PartialDate.parse(value, allow_future=True).display(get_language() or "id")
    except PartialDateError:
        return value


def masked(sealed: str, context: str) -> str:
    """A sealed number, masked; a number that can't be opened is not shown at all."""
    try:
        return masks.number(vault.current().open_(sealed, context)) if sealed else ""
    except vault.VaultError:
        return masks.DOTS


def source(statement: Statement, codes: tuple[str, ...] | None = None) -> str:
    """Who said it, as a kind of source and an agency, never an officer; its area only within reach."""
    kind = str(Statement.Source(statement.source).label)
    place = (
        statement.area.name if codes is None or within_any(statement.area_id, codes) else _("another area")
    )
    return f"{kind}, {statement.agency.short} {place}"


def day_of(moment: date) -> str:
    """A day in words, of a date or of a moment in the reader's zone."""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "j F Y")


def age_of(moment: datetime) -> str:
    """How long something has waited, in whole days."""
    days = (timezone.localdate() - timezone.localtime(moment).date()).days
    return (
        ngettext("oldest %(n)d day", "oldest %(n)d days", days) % {"n": days}
        if days > 0
        else _("since today")
    )
