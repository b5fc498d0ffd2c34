"""When a mandate is in force, as a condition that posts and mandates share."""

from datetime import date

from django.db.models import Expression, Q


def in_force(day: date | Expression, prefix: str = "") -> Q:
    """A condition "begun, not past its last day, not ended"; `prefix` leads to the mandate ("mandates__")."""
    open_ended = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    return open_ended & Q(**{f"{prefix}since__lte": day, f"{prefix}ended_at__isnull": True})
