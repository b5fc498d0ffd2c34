"""The form with which a foreign national is reported: six things to say, the rest only if it is known."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.registry.models import Person
from timpora.registry.zone import COMPARE, uncompared
from timpora.reports.forms.fields import NationField, PartialDateField, day, line
from timpora.reports.forms.more import MORE, Folded
from timpora.reports.forms.photo import PhotoField
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.team.roles import Tier
from timpora.widgets import Answers

# What the next member of a family or of a mess of twenty has in common with the one before.
SHARED = (
    *("address", "employer", "work_area", "rptka_from", "rptka_until", "guarantor_status", "guarantor"),
    *("purpose", "nationality", "permit_kind", "permit_index"),
)


class ReportForm(Folded):
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
    photo = PhotoField()

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate
        self.ask_for_photo()
        if mandate.tier == Tier.VILLAGE:
            del self.fields["area"]
        else:
            self.fields["area"].narrow(mandate.codes)  # type: ignore[attr-defined]
        if self.is_bound:
            self.unfold_if_answered()
        else:
            self.unfold()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (
            given.get("kind") == Report.Kind.ARRIVED
            and not given.get("event_on")
            and "event_on" not in self.errors
        ):
            self.add_error("event_on", _("Please say on which day the person arrived."))
        for field in uncompared(self.data) & set(self.fields):
            self.add_error(field, COMPARE)
        area = given.get("area") if "area" in self.fields else self.mandate.post.area
        self.check_more(given, area=area, child=given.get("names", ""))
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
            values=(kept or {}) | values, sent_id=given["sent_id"], photo=given.get("photo", b""),
        )  # fmt: skip


def shared(values: dict[str, Any]) -> dict[str, Any]:
    """Of a report's values, those the next one in the same house begins with."""
    return {name: values[name] for name in SHARED if values.get(name)}
