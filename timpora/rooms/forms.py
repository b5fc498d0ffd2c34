from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora.rooms.models import Preference
from timpora.widgets import Answers

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferenceForm(forms.ModelForm[Preference]):
    """How a user wants to be told. In the app always; by e-mail only where an address is known."""

    class Meta:
        model = Preference
        fields = ("email", "digest_at", "quiet_from", "quiet_until")
        widgets = {"email": Answers(tall=True), "digest_at": TIME, "quiet_from": TIME, "quiet_until": TIME}
        labels = {
            "email": gettext_lazy("E-mail"),
            "digest_at": gettext_lazy("Once a day, at"),
            "quiet_from": gettext_lazy("No e-mail from"),
            "quiet_until": gettext_lazy("until"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("email") not in (None, Preference.Email.NEVER) and not self.instance.user.email:
            self.add_error("email", _("No e-mail address is known for you. Your secretary can enter it."))
        return data
