"""In which words the desk says who said something, and when."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.areas.codes import within_any
from timpora.registry.models import Statement


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
