"""Forms of the desk: a search by document number, and a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from timpora.desk.dossier import Dossier
from timpora.desk.wording import DATES, shown
from timpora.registry import nations, permits
from timpora.registry.fields import CORRECTABLE, LABELS
from timpora.registry.models import Disclosure, Guarantor, IdentityDocument, Person
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.widgets import DateParts

LENGTHS = {"address": 250, "names": 200, "purpose": 80, "permit_index": 20, "nationality_text": 60}
CHOICES = {"sex": Person.Sex.choices, "guarantor_status": Guarantor.Status.choices}


class RequestForm(forms.Form):
    """Whose page is asked for, and why."""

    number = forms.IntegerField(
        label=gettext_lazy("Register number"), min_value=1, max_value=2**31 - 1,
        help_text=gettext_lazy("As the letter of the kabupaten names it, without R and zeros."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("What are the data needed for?"), max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Your post, the time and this reason are recorded in the ledger."),
    )  # fmt: skip


class NumberForm(forms.Form):
    """A document number, whose it is, and what the search is for."""

    kind = forms.ChoiceField(label=gettext_lazy("Document"), choices=IdentityDocument.Kind.choices)
    issuer = forms.CharField(
        label=gettext_lazy("Issuing country"), max_length=60, required=False,
        help_text=gettext_lazy("For a passport. Name or code, such as Taiwan or TWN."),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=60, strip=True,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    purpose = forms.ChoiceField(
        label=gettext_lazy("What do you need it for?"),
        choices=[("", gettext_lazy("Choose a purpose")), *Disclosure.Purpose.choices],
        help_text=gettext_lazy(
            "Your post, the time and the purpose are recorded in the ledger; the number is not."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        written = data.get("issuer", "")
        nation = nations.find(written) if written else None
        if written and nation is None:
            self.add_error("issuer", _("No country of this name is known. Try its code."))
        if data.get("kind") == IdentityDocument.Kind.PASSPORT and not written:
            self.add_error("issuer", _("A passport number is found by its country as well."))
        data["issuer"] = nation.code if nation else ""
        return data


class CorrectionForm(forms.Form):
    """Every value this mandate may correct, as it stands now; `changed` holds what was written otherwise."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is this right?"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "Such as “seen in the passport at the visit of 20 November”. Kept in the ledger."
        ),
    )  # fmt: skip

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        self.dossier = dossier
        self.values = [field for field in CORRECTABLE if field in dossier.open]
        now = {field: value.value for field, value in dossier.concluded.items()}
        if "nationality" in now:
            now["nationality"] = shown("nationality", now["nationality"])
        super().__init__(data, initial={**now, "seen": dossier.person.newest_statement})
        for field in self.values:
            self.fields[field] = _field(field)
        self.order_fields([*self.values, "reason", "seen"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field in self.values:
            if field in data:
                try:
                    data[field] = self._read(field, data[field])
                except forms.ValidationError as fault:
                    self.add_error(field, fault)
        return data

    @property
    def changed(self) -> dict[str, str]:
        """The corrected values only, as the registry writes them."""
        now = {field: value.value for field, value in self.dossier.concluded.items()}
        return {
            f: self.cleaned_data[f] for f in self.values if self.cleaned_data.get(f, "") != now.get(f, "")
        }

    def _read(self, field: str, written: str) -> str:
        """The value of a field as the registry writes it. Raises ValidationError in a sentence."""
        if not written:
            if field in self.dossier.concluded:
                raise forms.ValidationError(_("What was said can't be emptied. Write what is right instead."))
            return ""
        if field in DATES:
            return _date(field, written)
        if field == "nationality":
            return _nationality(written)
        return written


def _date(field: str, written: str) -> str:
    try:
        return str(PartialDate.parse(written, allow_future=field != "birth_date"))
    except PartialDateError as fault:
        raise forms.ValidationError(_(fault.message)) from None


def _nationality(written: str) -> str:
    nation = nations.find(written)
    if nation is None:
        raise forms.ValidationError(_("No country of this name is known. Try its code."))
    if nation.indonesian:
        raise forms.ValidationError(
            _("Indonesians are not registered here. Report this instead as “became Indonesian”.")
        )
    return nation.code


def _field(name: str) -> forms.Field:
    label = capfirst(LABELS[name])
    if name in CHOICES:
        return forms.ChoiceField(label=label, choices=[("", "–"), *CHOICES[name]], required=False)
    if name == "permit_kind":
        language = get_language() or "id"
        kinds = [
            (kind.code, f"{kind.code} – {kind.name(language)}")
            for kind in permits.kinds()
            if not kind.outside
        ]
        return forms.ChoiceField(label=label, choices=[("", "–"), *kinds], required=False)
    if name in DATES:
        return forms.CharField(label=label, widget=DateParts, required=False)
    return forms.CharField(label=label, max_length=LENGTHS.get(name, 120), required=False)
