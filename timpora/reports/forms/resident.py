"""The form for a resident: still here, moved, left, not found, or something to correct."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.registry.models import Person
from timpora.reports.forms.fields import NationField, PartialDateField, day, line
from timpora.reports.forms.more import MORE, Folded
from timpora.reports.forms.photo import PhotoField
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.widgets import Answers

Kind = Report.Kind
WHO = ("names", "nationality", "sex", "birth_date", "address")
CORRECTED = (*WHO, *MORE)
# Which questions each kind asks; a correction those of MORE besides.
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.PRESENT: ("event_on",),
    Kind.MOVED: ("event_on", "destination", "address"),
    Kind.LEFT: ("event_on", "left"),
    Kind.NOT_FOUND: ("event_on",),
    Kind.CORRECTION: ("event_on", *WHO),
}
DAYS = {
    Kind.PRESENT: _("Seen here on"),
    Kind.MOVED: _("Moved on"),
    Kind.LEFT: _("Left on"),
    Kind.NOT_FOUND: _("Visited on"),
    Kind.CORRECTION: _("Correct since"),
}


class ResidentForm(Folded):
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
    photo = PhotoField()

    def __init__(self, *args: Any, kind: str, person: Person, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.person, self.mandate = kind, person, mandate
        for name in set(self.fields) - {"sent_id", "photo", *FIELDS[kind]}:
            del self.fields[name]
        self.order_fields(("sent_id", *FIELDS[kind]))
        self.ask_for_photo()
        self.fields["event_on"].label = DAYS[Kind(kind)]
        if kind == Kind.MOVED:
            self.fields["address"].label = _("New address, if it is in your own village")
        if self.corrects:
            self.unfold()

    @property
    def corrects(self) -> bool:
        return self.kind == Kind.CORRECTION

    @property
    def first(self) -> list[forms.BoundField]:
        """The questions that are not folded away."""
        return [self[name] for name in FIELDS[self.kind]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.corrects and not self.errors and not any(given.get(name) for name in CORRECTED):
            raise forms.ValidationError(_("Fill in at least one thing to correct."))
        home = self.person.home
        child = given.get("names") or self.person.names
        self.check_more(given, area=home.area if home else None, child=child)
        return given

    def intake(self) -> Intake:
        """The report as the verb takes it."""
        given, home = self.cleaned_data, self.person.home
        assert home is not None
        values = {name: str(given[name]) for name in CORRECTED if given.get(name)}
        destination = given.get("destination")
        if destination and destination.pk != home.area_id:
            values.pop("address", None)  # where somebody lives elsewhere is that village's to say
        return Intake(
            kind=self.kind, area=home.area, event_on=given["event_on"], values=values, person=self.person,
            left=given.get("left", ""), destination=destination, sent_id=given["sent_id"],
            photo=given.get("photo", b""),
        )  # fmt: skip
