"""A lodging, its host, and what its own system sends with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.reports.forms.fields import line
from timpora.stays.kinds import CHOICES
from timpora.stays.models import Lodging
from timpora.team.forms.account import PhoneField
from timpora.team.models import Mandate
from timpora.widgets import Answers


class LodgingForm(forms.Form):
    """Which house it is and where it stands."""

    name = line(120, label=_("Name of the lodging"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=CHOICES, widget=Answers(tall=True))
    area = AreaField(label=_("Village"), levels=(Level.VILLAGE,))
    address = line(
        200, label=_("Address of the lodging"), required=True, help_text=_("Street or house, RT/RW.")
    )

    def __init__(self, *args: Any, by: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["area"].narrow(by.codes)  # type: ignore[attr-defined]

    def open(self) -> Lodging:
        """The new lodging. Raises Refusal."""
        opened: Lodging = Lodging.objects.open(by=self.by, **self.cleaned_data)
        return opened


class HostForm(forms.Form):
    """Who answers for a lodging."""

    name = line(120, label=_("Name of the host"), required=True)
    phone = PhoneField(label=_("Mobile number"), required=False, help_text=_("It may stay empty."))
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("It may stay empty.")
    )


class TokenForm(forms.Form):
    """A token for the hotel's own system."""

    name = line(
        60, label=_("Name of the system"), required=True, help_text=_("So that you know which to revoke.")
    )
