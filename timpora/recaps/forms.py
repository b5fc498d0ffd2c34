"""What is asked on the pages of counts and returns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Refusal
from timpora.recaps import moments
from timpora.recaps.models import Answer
from timpora.recaps.places import Place
from timpora.registry.models import Person
from timpora.team.forms.refused import add_refusal
from timpora.widgets import Answers


class MomentForm(forms.Form):
    """A past day, and the moment as known at which it is told; both empty is now."""

    on = forms.CharField(
        label=_("At the end of the day"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"type": "date"}),
    )
    known = forms.CharField(
        label=_("As known at"),
        required=False,
        max_length=32,
        widget=forms.TextInput({"type": "datetime-local"}),
        help_text=_("Empty means: as known now, with later corrections."),
    )

    def __init__(self, data: Any, *, place: Place) -> None:
        super().__init__(data)
        self.place = place

    def clean_on(self) -> date | None:
        return self._read(moments.day, "on")

    def clean_known(self) -> datetime | None:
        return self._read(moments.moment, "known")

    def _read(self, read: Callable[[str, Place], Any], name: str) -> Any:
        try:
            return read(self.cleaned_data[name], self.place)
        except Refusal as refusal:
            add_refusal(self, refusal)
            return None


class AnswersForm(forms.Form):
    """One question for each resident; nothing is answered beforehand."""

    def __init__(self, data: Any = None, *, residents: list[Person]) -> None:
        super().__init__(data)
        choices = [(word.value, capfirst(word.label)) for word in Answer.Word]
        for person in residents:
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(
                label=person.names,
                choices=choices,
                widget=Answers(),
                help_text=_about(person),
                error_messages={"required": _("Please answer for this person.")},
            )

    @property
    def answers(self) -> dict[int, str]:
        """The word for each person, by id."""
        return {int(name.removeprefix("person_")): word for name, word in self.cleaned_data.items()}


class ExcuseForm(forms.Form):
    """Why a village need not answer for a month."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("For example: the village office is closed after a flood."),
    )


def _about(person: Person) -> str:
    home = person.home
    since = date_format(home.started_on, "j F Y") if home else ""
    return " · ".join(filter(None, [person.country, home.address if home else "", since]))
