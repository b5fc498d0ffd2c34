"""The forms of an office's settings and of what it answers for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms.field import AreaField
from timpora.areas.models import Office
from timpora.areas.tiers import TIERS
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal


class OfficeForm(forms.ModelForm):
    """All settings of an office; the code stays. `seen` is the version the page was filled with."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    province = AreaField(label=_("Province"), levels=(Level.PROVINCE,))

    verifying_tiers = forms.MultipleChoiceField(
        label=_("Verifying tiers"),
        choices=list(TIERS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=Office._meta.get_field("verifying_tiers").help_text,
    )

    class Meta:
        model = Office
        fields = (
            "name", "office_class", "province", "city", "address", "phone", "letterhead", "timezone",
            "verifying_tiers", "due_day", "grace_days", "silent_days", "claim_days", "gap_days",
            "document_gap_days", "unconfirmed_days", "stay_nights", "correction_days", "suppress_below",
            "room_days", "room_file_days", "photos", "photo_days",
        )  # fmt: skip
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.province_id:
            self.initial["province"] = self.instance.province
        self.initial["verifying_tiers"] = list(self.instance.tiers)
        self.initial["seen"] = self.instance.version

    def clean_verifying_tiers(self) -> str:
        """The tiers as the office keeps them, from below."""
        return ",".join(tier for tier in TIERS if tier in self.cleaned_data["verifying_tiers"])

    def change(self, by: book.Actor) -> bool:
        """True when the settings stand as given; otherwise the refusal stands beside its field.

        Raises Conflict when they were changed since the page was filled.
        """
        changed = [name for name in self.Meta.fields if name in self.changed_data]
        if not changed:
            return True
        # The form has filled its instance already; the verb compares with the row.
        office = Office.objects.get(pk=self.instance.pk)
        given = {name: self.cleaned_data[name] for name in changed if name != "province"}
        if "province" in changed:
            given["province_id"] = self.cleaned_data["province"].code
        return _beside(self, lambda: office.change(by=by, seen=self.cleaned_data["seen"], **given))


class JurisdictionForm(forms.Form):
    """A kabupaten or kota for an office."""

    area = AreaField(label=_("Kabupaten or kota"), levels=(Level.REGENCY,))

    def assign(self, by: book.Actor, office: Office) -> bool:
        """True when the office answers for the area; otherwise the refusal stands beside the field."""
        return _beside(self, lambda: office.assign(by=by, area=self.cleaned_data["area"].code))


def _beside(form: forms.BaseForm, verb: Callable[[], None]) -> bool:
    try:
        verb()
    except Conflict:
        raise
    except Refusal as refusal:
        if refusal.code == "nothing_changed":
            return True
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
