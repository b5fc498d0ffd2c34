"""Why a report is sent back or refused, or a confirmation taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One reason, in the officer's own words."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        help_text=_("What is unclear, and what would clear it."),
        error_messages={"required": _("Please give a reason.")},
    )
