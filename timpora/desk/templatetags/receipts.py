"""Which report a notice is about, by its receipt number: notices themselves know only a path."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import Resolver404, resolve

from timpora.reports.models import Report
from timpora.rooms.models import Notice
from timpora.team.models import Mandate

register = template.Library()


@register.simple_tag
def receipts(notices: Iterable[Notice], mandate: Mandate) -> list[tuple[Notice, str]]:
    """Each notice with its report's receipt number; "" for what is about no report in the mandate's reach."""
    numbers = [(notice, _number(notice.path)) for notice in notices]
    wanted = {number for _notice, number in numbers if number}
    reports = Report.objects.visible_to(mandate).in_bulk(wanted) if wanted else {}
    return [(notice, reports[number].receipt if number in reports else "") for notice, number in numbers]


def _number(path: str) -> int | None:
    """The report that a path leads to, or None."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.kwargs.get("number") if match.app_name == "reports" else None
