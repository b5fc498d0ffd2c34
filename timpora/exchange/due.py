"""By when a gap should be cleared: working days by its kind, as the office has set them."""

from __future__ import annotations

from datetime import date
from typing import Any

from timpora.areas.models import Office
from timpora.registry import working_days

DOCUMENTS = ("permit", "validity")
"""The kinds of which a document at hand tells; about others a village or an employer is asked."""


def days(kind: str, office: Office | None) -> int:
    """The working days for a gap of this kind; where no office answers, those an office begins with."""
    name = "document_gap_days" if kind in DOCUMENTS else "gap_days"
    field: Any = Office._meta.get_field(name)
    return int(getattr(office, name) if office else field.default)


def due_on(kind: str, today: date, office: Office | None) -> date:
    """The day by which a gap of this kind that is found today is due."""
    return working_days.add(today, days(kind, office))
