"""The form for a resident: still here, moved, left, not found, or something to correct."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.registry.models import IdentityDocument, Person
from timpora.reports.forms.fields import NationField, PartialDateField, day, line
from timpora.reports.forms.new import permit_kinds
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.widgets import Answers

Kind = Report.Kind
CORRECTED = ("names", "nationality", "sex", "birth_date", "address", "document_kind", "document_issuer",
             "document_number", "document_until", "permit_kind", "permit_index", "permit_until", "employer",
             "job", "purpose")  # fmt: skip
# Which questions each kind asks.
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.PRESENT: ("event_on",),
    Kind.MOVED: ("event_on", "destination", "address"),
    Kind.LEFT: ("event_on", "left"),
    Kind.NOT_FOUND: ("event_on",),
    Kind.CORRECTION: ("event_on", *CORRECTED),
}
DAYS = {
    Kind.PRESENT: _("Seen here on"),
    Kind.MOVED: _("Moved on"),
    Kind.LEFT: _("Left on"),
    Kind.NOT_FOUND: _("Visited on"),
    Kind.CORRECTION: _("Correct since"),
}


class ResidentForm(forms.Form):
    """One kind of report about one resident."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    event_on = day(required=True)
    left = forms.ChoiceField(label=_("Where to?"), choices=Report.Left.choices, widget=Answers(tall=True))
    destination = AreaField(label=_("Moved to which village?"), levels=(Level.VILLAGE,))
    names = line(200, label=_("Name as printed in the passport"))
    nationality = NationField(label=_("Nationality"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex.choices, widget=Answers, required=False)
    birth_date = PartialDateField(label=_("Date of birth"), required=False)
    address = line(250, label=_("Address"))
    document_kind = forms.ChoiceField(
        label=_("Document"), required=False, choices=[("", "–"), *IdentityDocument.Kind.choices]
    )
    document_issuer = NationField(label=_("Issued by"), required=False)
    document_number = line(40, label=_("Document number"))
    document_until = day(label=_("Document valid until"))
    permit_kind = forms.ChoiceField(label=_("Stay permit"), required=False, choices=permit_kinds)
    permit_index = line(20, label=_("Permit index"))
    permit_until = day(label=_("Stay permitted until"))
    employer = line(120, label=_("Employer"))
    job = line(120, label=_("Job"))
    purpose = line(80, label=_("Purpose of the stay"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - {"sent_id", *FIELDS[kind]}:
            del self.fields[name]
        self.order_fields(("sent_id", *FIELDS[kind]))
        self.fields["event_on"].label = DAYS[Kind(kind)]
        if kind == Kind.MOVED:
            self.fields["address"].label = _("New address, if it is in your own village")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (
            self.kind == Kind.CORRECTION
            and not self.errors
            and not any(given.get(name) for name in CORRECTED)
        ):
            raise forms.ValidationError(_("Fill in at least one thing to correct."))
        if given.get("document_number") and not given.get("document_kind"):
            self.add_error("document_kind", _("Choose which document this number is of."))
        return given

    def intake(self, person: Person, mandate: Mandate) -> Intake:
        """The report as the verb takes it."""
        given = self.cleaned_data
        assert person.home is not None
        values = {name: str(given[name]) for name in CORRECTED if given.get(name)}
        destination = given.get("destination")
        if destination and destination.pk != person.home.area_id:
            values.pop("address", None)  # where somebody lives elsewhere is that village's to say
        return Intake(
            kind=self.kind, area=person.home.area, event_on=given["event_on"], values=values, person=person,
            left=given.get("left", ""), destination=destination, sent_id=given["sent_id"],
        )  # fmt: skip
