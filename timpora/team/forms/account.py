"""What members change about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from timpora.team.models import User
from timpora.team.phones import e164, national
from timpora.widgets import Answers


class PhoneField(forms.CharField):
    """Gives the number as "+62812…", "" for an empty text; refuses what is no telephone number."""

    default_error_messages = {"unknown": _("This is not a telephone number. Write it like 0812 3456 7890.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return national(value) if isinstance(value, str) and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        number = e164(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return number


class AccountForm(forms.Form):
    """One's own number, e-mail and language."""

    phone = PhoneField(
        label=_("Mobile number"),
        required=False,
        help_text=_("You can sign in with it. It is shown to your secretary."),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For notices and invitations; it may stay empty.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=Answers)

    def change(self, user: User) -> tuple[str, ...]:
        """The names of the fields that changed. Raises Refusal for a number that another member has."""
        return user.change(by=user, **self.cleaned_data)
