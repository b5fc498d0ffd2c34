"""Why a record ends, or a decision is taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One reason, in the officer's own words."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Please give a reason.")},
    )  # fmt: skip
