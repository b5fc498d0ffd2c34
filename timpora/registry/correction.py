"""What can't be corrected so: nothing is emptied, nobody turns Indonesian by a correction, dates must fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from timpora.registry import papers
from timpora.registry.fields import SPANS
from timpora.registry.nations import INDONESIA


def faults(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each field that can't become what `after` says where `before` stood.

    What is left as it stands is nobody's fault, unless the other end of its span was touched.
    """
    touched = {field for field in after if after[field] != before.get(field, "")}
    found = {
        field: sentence
        for field, sentence in papers.faults({**before, **after}).items()
        if touched & {field, SPANS.get(field)}
    }
    for field in touched:
        if not after[field]:
            found[field] = _("What was said can't be emptied. Write what is right instead.")
    if after.get("nationality") == INDONESIA and "nationality" in touched:
        found["nationality"] = _(
            "Indonesians are not registered here. Report this instead as “became Indonesian”."
        )
    return found
