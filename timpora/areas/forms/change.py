"""The operator's form for a change by decree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.forms.field import AreaField
from timpora.areas.models import AreaChange, ChangeKind
from timpora.areas.models.change import Decree
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.widgets import Answers


def parts(text: str) -> list[tuple[str, str]]:
    """(code, name) of each line "33.19.10 = Name"; a line without "=" gives an empty name, which the verb
    refuses.
    """
    lines = [line.partition("=") for line in text.splitlines() if line.strip()]
    return [(code.strip(), name.strip()) for code, _equals, name in lines]


class ChangeForm(forms.Form):
    """What happened to which area, by which decree, from which day."""

    kind = forms.ChoiceField(label=_("What happened"), choices=ChangeKind.choices, widget=Answers(tall=True))
    area = AreaField(label=_("Area"), retired=True)
    name = forms.CharField(label=_("New name"), required=False, max_length=80, help_text=_("For a new name."))
    target = AreaField(label=_("Merged into"), required=False, help_text=_("For a merger."))
    into = forms.CharField(
        label=_("New areas"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a split: one line each, code = name. The old area goes on."),
    )
    decree = forms.CharField(label=_("Legal basis"), max_length=200, help_text=_('Such as "Perda 3/2026".'))
    effective_on = forms.DateField(
        label=_("In force on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, under: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = tuple(under)
        for field in self.fields.values():
            if isinstance(field, AreaField):
                field.narrow(scope)

    def record(self, by: book.Actor) -> bool:
        """True when the change was recorded; otherwise the refusal stands beside its field."""
        given = self.cleaned_data
        try:
            AreaChange.objects.make(
                ChangeKind(given["kind"]),
                by=by,
                area=given["area"],
                decree=Decree(given["decree"], given["effective_on"]),
                name=given["name"],
                target=given["target"],
                into=parts(given["into"]),
            )
        except Refusal as refusal:
            field = "target" if refusal.code == "merge_target" else refusal.field
            self.add_error(field if field in self.fields else None, str(refusal))
            return False
        return True
