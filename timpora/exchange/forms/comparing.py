"""Which lists are compared, as of which day; and with which reason gaps are closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, under
from timpora.areas.models import Area
from timpora.exchange import words
from timpora.exchange.models import Batch, Comparison
from timpora.exchange.reasons import REASONS
from timpora.team.models import Mandate


class _Regencies(forms.ModelChoiceField):
    def label_from_instance(self, obj: Area) -> str:
        return obj.full_name


class _Batches(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Batch) -> str:
        day = date_format(obj.as_of, "j F Y")
        return f"{obj.agency.short} · {words.kind(obj.kind)} · {obj.area.name} · {day}"


class ComparingForm(forms.Form):
    """A kabupaten or kota, a day, and the lists; the verified residents are always among them."""

    area = _Regencies(label=_("Kabupaten or kota"), queryset=Area.objects.none(), empty_label=None)
    as_of = forms.DateField(
        label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Lists count that were in force on this day."),
    )  # fmt: skip
    batches = _Batches(
        label=_("Lists"), queryset=Batch.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("The residents verified by villages always stand beside them."),
        error_messages={"required": _("Choose at least one list.")},
    )  # fmt: skip

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        in_force = comparable(mandate)
        regencies = Area.objects.filter(under("code", mandate.codes), level=Level.REGENCY).order_by("code")
        named = regencies.filter(pk__in=in_force.values("area"))
        self.fields["area"].queryset = named  # type: ignore[attr-defined]
        self.fields["batches"].queryset = in_force  # type: ignore[attr-defined]
        self.fields["as_of"].initial = mandate.post.today
        if named.count() == 1:
            self.fields["area"].initial = named.get()
            self.fields["batches"].initial = list(in_force)

    def compare(self) -> Comparison:
        """The comparison. Raises Refusal."""
        made: Comparison = Comparison.objects.make(by=self.mandate, **self.cleaned_data)
        return made


def comparable(mandate: Mandate) -> Any:
    """The lists in force today that a mandate may compare."""
    mine = Batch.objects.visible_to(mandate)
    found = Batch.objects.filter(pk__in=mine.in_force())
    return found.with_places().order_by("area", "agency__name", "kind", "pk")


class ClosureForm(forms.Form):
    """Why one gap or several are closed; what explains it further stands beside, where it can be erased."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Such as the number of a letter. No name is needed here."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, words.reason(code)) for code in REASONS]
        self.fields["reason"].choices = [("", _("Choose a reason")), *named]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """Why a gap is opened again."""

    note = forms.CharField(
        label=_("Why it is open again"), max_length=300, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Please give a reason.")},
    )  # fmt: skip


class PurposeForm(forms.Form):
    """What the agreed list is fetched for, and as which kind of file."""

    purpose = forms.CharField(
        label=_("What is it needed for?"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Stands in the ledger beside your post and the time."),
        error_messages={"required": _("Say what the list is needed for.")},
    )  # fmt: skip
    form = forms.ChoiceField(
        label=_("Kind of file"), choices=(("xlsx", "XLSX"), ("csv", "CSV")), initial="xlsx"
    )
