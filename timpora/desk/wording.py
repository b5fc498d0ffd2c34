"""In which words the desk says who said something, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.areas.codes import within_any
from timpora.registry.models import Statement
from timpora.team.models import Post


def source(statement: Statement, codes: tuple[str, ...], posts: Mapping[str, Post]) -> str:
    """Who said it, as a kind of source and an agency, never an officer; where it sits only within reach.

    `posts` are those whose officers corrected something, by the `source_id` of their statements.
    """
    kind = str(Statement.Source(statement.source).label)
    if not within_any(statement.area_id, codes):
        return f"{kind}, {statement.agency.short} {_('another area')}"
    post = posts.get(statement.source_id)
    return f"{kind}, {seat(post) if post else f'{statement.agency.short} {statement.area.name}'}"


def seat(post: Post) -> str:
    """Where a post sits, as its agency is called there: "Kesbangpol Kabupaten Kudus"."""
    agency, place = post.agency.short, post.place
    return place if post.office_id or place.startswith(agency) else f"{agency} {place}"


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
