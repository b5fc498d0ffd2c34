"""Who came: one guest or several at once, on the same days."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from timpora.registry.models import IdentityDocument, Person
from timpora.reports.forms.fields import NationField, PartialDateField, day, line
from timpora.sheets.faults import MESSAGES
from timpora.stays.arrival import FIELDS, INPASS, Arrival
from timpora.stays.file import LIMITS
from timpora.stays.models import Stay
from timpora.widgets import Answers, Spreadsheet

TOO_LARGE = MESSAGES["too_large"]
MOST = 20  # guests in one form; more come as a file
KINDS = [
    (kind.value, kind.label)
    for kind in (IdentityDocument.Kind.PASSPORT, IdentityDocument.Kind.UNHCR, IdentityDocument.Kind.OTHER)
]


class GuestForm(forms.Form):
    """One guest, as the passport has them."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    names = line(200, label=_("Name as printed in the passport"), required=True)
    nationality = NationField(label=_("Nationality"), help_text=_("Such as Tiongkok, Korea Selatan or TWN."))
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, widget=Answers(tall=True))
    birth_date = PartialDateField(
        label=_("Date of birth"), help_text=_("As much as is printed: the year alone is fine.")
    )
    birth_place = line(80, label=_("Place of birth"))
    document_kind = forms.ChoiceField(
        label=_("Document"),
        choices=[*KINDS, (INPASS, _("entered in a parent's passport"))],
        initial="passport",
    )
    document_number = line(40, label=_("Document number"), help_text=_("Kept sealed; shown masked."))
    document_issuer = NationField(
        label=_("Issued by"), required=False, help_text=_("Left empty: the guest's own country.")
    )
    parent = line(200, label=_("Name of the parent"), help_text=_("Only for a child in a parent's passport."))

    def arrival(self, arrived_on: date, until: date | None) -> Arrival:
        """The guest as the verb takes them."""
        values = {name: str(said) for name in FIELDS if (said := self.cleaned_data.get(name))}
        return Arrival(arrived_on, until, values, self.cleaned_data["sent_id"])


class DaysForm(forms.Form):
    """When they came and when they mean to leave."""

    arrived_on = day(label=_("Check-in"), required=True)
    until = day(label=_("Expected check-out"))


class Group:
    """The form of all who come together: the days once, then each guest. `data` is what was posted."""

    def __init__(self, data: QueryDict | None, today: date) -> None:
        self.days = DaysForm(data, initial={"arrived_on": today}, label_suffix="")
        self.number = _number(data)
        self.guests = [GuestForm(data, prefix=f"g{place}", label_suffix="") for place in range(self.number)]

    def is_valid(self) -> bool:
        """Whether the days and every guest can be taken; each says what is wrong otherwise."""
        return all([self.days.is_valid(), *(guest.is_valid() for guest in self.guests)])

    def arrivals(self) -> list[Arrival]:
        said = self.days.cleaned_data
        return [guest.arrival(said["arrived_on"], said["until"]) for guest in self.guests]

    def with_another(self, by: int) -> Group:
        """The same with one guest more, or (-1) without the last; nothing typed is lost or complained of."""
        other = object.__new__(Group)
        other.number = min(max(self.number + by, 1), MOST)
        other.days = DaysForm(initial=_typed(self.days), label_suffix="")
        kept = [_typed(guest) for guest in self.guests[: other.number]]
        kept += [{} for _place in range(other.number - len(kept))]
        other.guests = [
            GuestForm(initial=typed, prefix=f"g{place}", label_suffix="") for place, typed in enumerate(kept)
        ]
        return other

    @property
    def is_full(self) -> bool:
        return self.number >= MOST


def _number(data: QueryDict | None) -> int:
    text = data.get("guests", "1") if data else "1"
    return min(max(int(text), 1), MOST) if text.isdecimal() and len(text) < 4 else 1


def _typed(form: forms.Form) -> dict[str, Any]:
    return {field.name: field.value() for field in form if field.value() not in (None, "")}


class CorrectionForm(GuestForm):
    """All of one entry, to be set right; a number is left empty to stay as it is."""

    arrived_on = day(label=_("Check-in"), required=True)
    until = day(label=_("Expected check-out"))
    left_on = day(label=_("Check-out"), help_text=_("Left empty: still here."))

    def __init__(self, data: QueryDict | None, *, stay: Stay) -> None:
        said = stay.values
        kind = said.get("document_kind") or INPASS
        days = {"arrived_on": stay.arrived_on, "until": stay.until, "left_on": stay.left_on}
        first = {name: value for name, value in said.items() if name != "document_number"}
        super().__init__(data, initial={**first, **days, "document_kind": kind}, label_suffix="")
        self.stay = stay
        if said.get("document_number"):
            self.fields["document_number"].help_text = _("Left empty: the number stays as it was entered.")


class DepartureForm(forms.Form):
    """The day a guest left."""

    left_on = day(label=_("Check-out"), required=True)


class ReasonForm(forms.Form):
    """Why an entry is taken back."""

    reason = line(200, label=_("Reason"), required=True, help_text=_("Such as: entered twice."))


class FileForm(forms.Form):
    """A spreadsheet of guests; it is read once and not kept."""

    file = forms.FileField(
        label=_("Spreadsheet"), help_text=_("XLSX, XLS, ODS or CSV, at most 5 MB and 1,000 guests."),
        widget=Spreadsheet(LIMITS.size, _(TOO_LARGE)),
    )  # fmt: skip


class RowsForm(forms.Form):
    """The guests of the dry run, as this program sealed them."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
