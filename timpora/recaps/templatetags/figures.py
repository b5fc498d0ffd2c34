"""A figure in a page: grouped for the eye, a dot where it is hidden, a dash where nothing waits."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def figure(value: int | None) -> str:
    """ "1.234"; a dot with a word beside it for a hidden figure."""
    if value is None:
        return format_html(
            '<span aria-hidden="true">•</span><span class="visually-hidden">{}</span>', _("hidden")
        )
    return number_format(value, force_grouping=True)


@register.filter
def waiting(value: int | None) -> str:
    """The same, with a dash for nothing."""
    return "–" if value == 0 else figure(value)
