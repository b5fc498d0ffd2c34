"""What can't be corrected so: nothing is emptied, nobody turns Indonesian by a correction, dates must fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from timpora.registry import papers
from timpora.registry.fields import SPANS
from timpora.registry.nations import INDONESIA
from timpora.registry.plain import is_seen


def faults(before: Mapping[str, Any], after: Mapping[str, Any], since: date | None) -> dict[str, str]:
    """A sentence for each field that can't become what `after` says where `before` stood.

    `since` is the day from which the person has lived here. What is left as it stands is nobody's fault,
    unless the other end of its span was touched.
    """
    touched = {field for field in after if after[field] != before.get(field, "")}
    found = {
        field: sentence
        for field, sentence in papers.faults({**before, **after}).items()
        if touched & {field, SPANS.get(field)}
    }
    if since and "birth_date" in touched and papers.is_before_birth(since, after["birth_date"]):
        found["birth_date"] = _("The person lives here since a day before this one.")
    for field in touched:
        if not is_seen(str(after[field])):
            found[field] = _("This holds signs that nobody sees. Please type it anew.")
        if not after[field]:
            found[field] = _("What was said can't be emptied. Write what is right instead.")
    if after.get("nationality") == INDONESIA and "nationality" in touched:
        found["nationality"] = _(
            "Indonesians are not registered here. Report this instead as “became Indonesian”."
        )
    return found
