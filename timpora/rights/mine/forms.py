"""The forms on the pages that foreign nationals read: the code, the two questions, a request."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timpora.registry.models import Request
from timpora.registry.models.request import LONGEST
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.registry.plain import plain
from timpora.rights.questions import ENDING, plain_digits
from timpora.widgets import DateParts

QUIET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
UNREAD_DATE = _("Please write the day, the month and the year in figures.")
MISSING = {"required": _("Please fill this in.")}


class CodeForm(forms.Form):
    """The code of a slip, typed by whoever cannot scan it."""

    code = forms.CharField(
        label=_("Code on your slip"), max_length=60, error_messages=MISSING,
        widget=forms.TextInput(QUIET | {"dir": "ltr"}),
    )  # fmt: skip


class KnownDate(forms.CharField):
    """Gives a date as "1990-05-03", or as much of it as was written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": DateParts(), "max_length": 40, "error_messages": MISSING, **kwargs})

    def clean(self, value: Any) -> str:
        text = plain_digits(super().clean(value))
        try:
            return str(PartialDate.parse(text)) if text else ""
        except PartialDateError:
            raise ValidationError(UNREAD_DATE, code="no_date") from None


class AnswersForm(forms.Form):
    """The two answers that open a link."""

    birth_date = KnownDate(label=_("Your date of birth"))
    number = forms.CharField(
        label=_("The last four characters of the number of your passport or other document"),
        max_length=40, error_messages=MISSING,
        widget=forms.TextInput(QUIET | {"dir": "ltr"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        number = plain_digits(self.cleaned_data["number"])
        if sum(sign.isalnum() for sign in number) < ENDING:
            raise ValidationError(_("Please write four characters."), code="too_short")
        return number


class RequestForm(forms.Form):
    """What somebody asks for, by its kind: a new address with its day, or words."""

    since = KnownDate(label=_("Since when?"), required=False)
    address = forms.CharField(
        label=_("New address"), max_length=250, error_messages=MISSING,
        help_text=_("Street and house number, village and district, as well as you know them."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is it about?"), max_length=LONGEST, error_messages=MISSING,
        help_text=_("In any language. Please write no more than is needed."), widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.kind = kind
        if kind == Request.Kind.ADDRESS:
            del self.fields["words"]
        else:
            del self.fields["since"], self.fields["address"]
        if kind == Request.Kind.ACCESS:
            self.fields["words"].required = False

    def clean_since(self) -> str:
        since = str(self.cleaned_data["since"])
        if since and len(since) < len(date.min.isoformat()):
            raise ValidationError(
                _("Please write the day, the month and the year in figures."), code="no_day"
            )
        return since

    def said(self) -> dict[str, str]:
        """What was answered, as the request keeps it."""
        return {name: plain(str(text)) for name, text in self.cleaned_data.items() if text}
