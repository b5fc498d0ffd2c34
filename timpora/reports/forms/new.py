"""The form with which a foreign national is reported: six things to say, the rest only if it is known."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.registry import nations, permits
from timpora.registry.models import Guarantor, IdentityDocument, Person
from timpora.reports.forms.fields import NationField, PartialDateField, day, line
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.team.roles import Tier
from timpora.widgets import Answers

# What may be left out; shown folded away.
MORE = (
    *("document_kind", "document_issuer", "document_number", "document_until"),
    *("permit_kind", "permit_index", "permit_until"),
    *("employer", "job", "guarantor_status", "guarantor", "purpose"),
)
# What the next member of a family or of a mess of twenty has in common with the one before.
SHARED = (
    *("address", "employer", "guarantor_status", "guarantor", "purpose"),
    *("nationality", "permit_kind", "permit_index"),
)


def permit_kinds() -> list[tuple[str, str]]:
    """(code, name) of each kind of stay permit in the reader's language, an empty choice first."""
    language = get_language() or "id"
    printed = {kind.code: f" ({kind.code})" for kind in permits.kinds() if kind.code.startswith("IT")}
    return [
        ("", "–"),
        *((kind.code, kind.name(language) + printed.get(kind.code, "")) for kind in permits.kinds()),
    ]


class ReportForm(forms.Form):
    """Who was met where, since when. `mandate` says whether the village is the officer's own or is chosen."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    area = AreaField(label=_("Village"), levels=(Level.VILLAGE,))
    kind = forms.ChoiceField(
        label=_("What do you report?"),
        choices=[(kind, Report.Kind(kind).label) for kind in Report.NEW_KINDS],
        widget=Answers,
    )
    names = line(200, label=_("Name as printed in the passport"), required=True,
                 help_text=_("In any script; a single name is fine."))  # fmt: skip
    nationality = NationField(label=_("Nationality"), help_text=_("Such as Tiongkok, Korea Selatan or TWN."))
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, widget=Answers)
    birth_date = PartialDateField(
        label=_("Date of birth"), required=False, help_text=_("As much as is known: the year alone is fine.")
    )
    address = line(250, label=_("Address"), required=True, help_text=_("Street or house, RT/RW."))
    event_on = day(label=_("Living here since"), help_text=_("Left empty: seen here today."))
    document_kind = forms.ChoiceField(
        label=_("Document"), required=False, choices=[("", "–"), *IdentityDocument.Kind.choices]
    )
    document_issuer = NationField(label=_("Issued by"), required=False, help_text=_("The country, as above."))
    document_number = line(40, label=_("Document number"), help_text=_("Kept sealed; shown masked."))
    document_until = day(label=_("Document valid until"))
    permit_kind = forms.ChoiceField(label=_("Stay permit"), required=False, choices=permit_kinds)
    permit_index = line(20, label=_("Permit index"), help_text=_("As printed, such as E23 or C312."))
    permit_until = day(label=_("Stay permitted until"))
    employer = line(120, label=_("Employer"))
    job = line(120, label=_("Job"))
    guarantor_status = forms.ChoiceField(
        label=_("Guarantor status"), required=False, choices=[("", "–"), *Guarantor.Status.choices]
    )
    guarantor = line(120, label=_("Name of the guarantor"))
    purpose = line(80, label=_("Purpose of the stay"))

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        if mandate.tier == Tier.VILLAGE:
            del self.fields["area"]
        else:
            self.fields["area"].narrow(mandate.codes)  # type: ignore[attr-defined]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that may be left out."""
        return [self[name] for name in MORE]

    @property
    def more_is_used(self) -> bool:
        """Whether one of them has a value or a fault, so that it must not be folded away."""
        return any(self[name].value() or self[name].errors for name in MORE)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (
            given.get("kind") == Report.Kind.ARRIVED
            and not given.get("event_on")
            and "event_on" not in self.errors
        ):
            self.add_error("event_on", _("Please say on which day the person arrived."))
        if given.get("document_number") and not given.get("document_kind"):
            self.add_error("document_kind", _("Choose which document this number is of."))
        return given

    def intake(self, kept: dict[str, str] | None = None) -> Intake:
        """The report as the verb takes it; `kept` fills what an answer to a sent-back report left empty."""
        given = self.cleaned_data
        area = given["area"] if "area" in self.fields else self.mandate.post.area
        assert area is not None  # a village post lies in a village
        names = ("names", "sex", "birth_date", "nationality", "address", *MORE)
        values = {name: str(given[name]) for name in names if given.get(name)}
        written = str(self.data.get(self.add_prefix("nationality"), "")).strip()
        if written and written not in (
            self["nationality"].field.prepare_value(given["nationality"]),
            given["nationality"],
        ):
            values["nationality_text"] = written[:60]
        return Intake(
            kind=given["kind"], area=area, event_on=given["event_on"] or self.mandate.post.today,
            values=(kept or {}) | values, sent_id=given["sent_id"],
        )  # fmt: skip


def shared(values: dict[str, Any]) -> dict[str, Any]:
    """Of a report's values, those the next one in the same house begins with."""
    return {name: values[name] for name in SHARED if values.get(name)}


def country(code: str) -> str:
    """A nationality's name in the reader's language."""
    return nations.name(code, get_language() or "id") if code else ""
