"""Forms of the desk: a search by document number, and a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from timpora.desk.dossier import Dossier
from timpora.ledger.refusal import Refusal
from timpora.registry import correction, named, nations, parents, permits
from timpora.registry.fields import (
    CORRECTABLE,
    DATES,
    EMPLOYMENT,
    FAMILY,
    GUARANTOR,
    IDENTITY,
    LABELS,
    PERMIT,
    RESIDENCE,
)
from timpora.registry.models import Disclosure, Guarantor, IdentityDocument, Person
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.reports.forms.fields import Line, NationField, workplace
from timpora.reports.shown import value_of
from timpora.widgets import DateParts

LENGTHS = {"address": 250, "names": 200, "purpose": 80, "permit_index": 20, "nationality_text": 60,
           "parent": 220}  # fmt: skip
CHOICES = {"sex": Person.Sex.choices, "guarantor_status": Guarantor.Status.choices}
# How the values stand together on the page.
GROUPS = (
    (gettext_lazy("Name and identity"), IDENTITY),
    (gettext_lazy("Residence"), RESIDENCE),
    (gettext_lazy("Permission to stay"), PERMIT),
    (gettext_lazy("Work"), EMPLOYMENT),
    (gettext_lazy("Guarantor"), GUARANTOR),
    (gettext_lazy("Family"), FAMILY),
)


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
        self.now = {field: value.value for field, value in dossier.concluded.items()}
        super().__init__(data, initial=self._as_written() | {"seen": dossier.person.newest_statement})
        for field in self.values:
            self.fields[field] = _field(field)
        self.order_fields([*self.values, "reason", "seen"])

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The values under their legends, as far as the post may correct them."""
        asked = [(str(legend), [self[field] for field in fields if field in self.values])
                 for legend, fields in GROUPS]  # fmt: skip
        return [(legend, fields) for legend, fields in asked if fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field in self.values:
            if field in data:
                try:
                    data[field] = self._read(field, data[field])
                except (forms.ValidationError, Refusal) as fault:
                    self.add_error(field, fault if isinstance(fault, forms.ValidationError) else str(fault))
        read = {field: data[field] for field in self.values if field in data}
        home = self.dossier.person.home
        since = home.started_on if home else None
        for field, sentence in correction.faults(self.now, read, since).items():
            self.add_error(field, sentence)
        return data

    @property
    def changed(self) -> dict[str, str]:
        """The corrected values only, as the registry writes them."""
        return {
            f: self.cleaned_data[f]
            for f in self.values
            if self.cleaned_data.get(f, "") != self.now.get(f, "")
        }

    def _as_written(self) -> dict[str, str]:
        """The values as an officer would write them; a parent out of sight by name alone."""
        written = dict(self.now)
        if "nationality" in written:
            written["nationality"] = value_of("nationality", written["nationality"])
        if "parent" in written and not self.dossier.sees_parent:
            written["parent"] = named.words(written["parent"])
        return written

    def _read(self, field: str, written: str) -> str:
        """The value of a field as the registry writes it. Raises ValidationError or Refusal."""
        if not written:
            return ""
        if written == self.initial.get(field):
            return self.now[field]
        if field in DATES:
            return _date(field, written)
        if field == "nationality":
            return str(NationField().clean(written))
        if field == "work_area":
            return named.area(workplace().clean(written))
        return self._parent(written) if field == "parent" else written

    def _parent(self, written: str) -> str:
        person, by = self.dossier.person, self.dossier.by
        area = person.home.area_id if person.home else ""
        value = parents.value_of(written, by=by, area=area, child=person.names)
        parents.check(value, by=by, child=person.names, person=person)
        return value


def _date(field: str, written: str) -> str:
    try:
        return str(PartialDate.parse(written, allow_future=field != "birth_date"))
    except PartialDateError as fault:
        raise forms.ValidationError(_(fault.message)) from None


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
    # Both are read by `_read`, for what is left as it stands needs no reading.
    suggesting = {"nationality": NationField().widget, "work_area": workplace().widget}
    length = LENGTHS.get(name, 120)
    return Line(label=label, max_length=length, required=False, widget=suggesting.get(name))
