"""A new data-sharing record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from timpora.exchange.lists.kinds import KINDS
from timpora.exchange.models import Sharing
from timpora.exchange.models.sharing import NEEDED, Terms
from timpora.registry.fields import ALL, LABELS
from timpora.team.models import Agency, Mandate

# Said with another field, or by officers only: no record names them by themselves.
UNNAMED = ("nationality_text", "document_kind", "document_issuer", "parent")
_DAY = {"type": "date"}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **more)


class SharingForm(forms.Form):
    """Who may give the office which list, what for and on what basis."""

    giver = forms.ModelChoiceField(
        label=_("Agency that gives"), queryset=Agency.objects.of_members(), empty_label=_("Choose an agency")
    )
    kind = forms.ChoiceField(label=_("List"))
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("What the list is compared for. Nothing else may be done with it."),
    )  # fmt: skip
    fields_ = forms.MultipleChoiceField(
        label=_("Fields it may give"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not chosen is left out when a list is read. Name and nationality are needed."),
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("Such as “Law 27/2022 Article 20(2)e; Permenimipas 2/2025 Article 53”."),
    )
    paper_number = forms.CharField(label=_("Number of the agreement"), max_length=120)
    paper_day = _day(_("Day of the agreement"))
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))
    keep_months = forms.IntegerField(
        label=_("Months its rows may be kept"), min_value=1, max_value=120, initial=24
    )
    contact = forms.CharField(
        label=_("Contact"), max_length=200, help_text=_("A post and its telephone, not a person's name.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, _text(kind.name)) for kind in KINDS.values()]
        self.fields["kind"].choices = [("", _("Choose a list")), *kinds]  # type: ignore[attr-defined]
        named = [(name, str(LABELS[name])) for name in ALL if name not in UNNAMED]
        self.fields["fields_"].choices = named  # type: ignore[attr-defined]
        self.fields["fields_"].initial = list(NEEDED)

    def agree(self, by: Mandate) -> Sharing:
        """The record. Raises Refusal."""
        given = dict(self.cleaned_data)
        made: Sharing = Sharing.objects.agree(by=by, terms=Terms(fields=tuple(given.pop("fields_")), **given))
        return made

    def refuse(self, field: str | None, sentence: str) -> None:
        """Puts a refusal's sentence beside its field."""
        name = {"fields": "fields_"}.get(field or "", field)
        self.add_error(name if name in self.fields else None, sentence)
