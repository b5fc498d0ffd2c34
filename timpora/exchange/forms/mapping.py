"""What each heading of a file means."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from timpora.exchange import words
from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.lists.lines import SHARED
from timpora.exchange.lists.reading import Inspection
from timpora.exchange.meaning import ALONG
from timpora.exchange.models import Batch
from timpora.registry.fields import ALL


class MappingForm(forms.Form):
    """A select for each heading, set to what it was recognised as."""

    sheet = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def __init__(self, *args: Any, batch: Batch, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch, self.headings = batch, inspection.headings
        self.fields["sheet"].initial = inspection.sheet
        choices = [("", _("– leave out –")), *self._choices()]
        for index, heading in enumerate(self.headings):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading.label, choices=choices, required=False, initial=heading.field
            )

    def _choices(self) -> list[tuple[str, str]]:
        """The fields the kind knows; what the record does not name says so."""
        allowed = set(self.batch.sharing.fields)
        names = dict.fromkeys(column.name for column in KINDS[self.batch.kind].columns)
        return [
            (
                name,
                words.field(name)
                if _may(name, allowed)
                else _("%(field)s (not in the record: left out)") % {"field": words.field(name)},
            )
            for name in names
        ]

    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each heading with its select."""
        return [(heading, self[f"column-{index}"]) for index, heading in enumerate(self.headings)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = Counter(value for name, value in cleaned.items() if name.startswith("column-") and value)
        for index, _heading in enumerate(self.headings):
            field = cleaned.get(f"column-{index}", "")
            if chosen[field] > 1 and field not in SHARED:
                self.add_error(
                    f"column-{index}", _("Two columns are chosen for the same thing. Keep one of the two.")
                )
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field, "" for what is left out."""
        return {
            heading.label: self.cleaned_data.get(f"column-{index}", "")
            for index, heading in enumerate(self.headings)
        }


def _may(name: str, allowed: set[str]) -> bool:
    return ALONG.get(name, name) in allowed or (name not in ALL and name not in ALONG)
