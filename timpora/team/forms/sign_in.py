"""The forms of getting in: signing in, the code of a slip, a new secret."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from timpora.team import device, secret_policy
from timpora.team.models import Invitation, User
from timpora.widgets import Answers

PIN_HELP = _("Exactly six digits without a pattern or a date, or a password of at least ten characters.")
PASSWORD_HELP = _("At least ten characters; three words that do not belong together do well.")


class SignInForm(LoginForm):
    """User name or mobile number, and the secret; on a shared phone the names it remembers to choose from."""

    known = forms.ChoiceField(label=_("Who signs in?"), required=False, widget=Answers(tall=True))
    keep_name = forms.BooleanField(
        label=_("This phone is shared: offer my user name here next time"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, login.widget.attrs = (
            _("User name or phone number"),
            {"autocomplete": "username", "maxlength": 60},
        )
        login.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        password.label, password.help_text = _("PIN or password"), ""
        password.widget.attrs.pop("placeholder", None)
        names = device.names(self.request) if self.request else []
        if names:
            login.required, login.label = False, _("Somebody else: user name or phone number")
            self.fields["known"].choices = [(name, name) for name in names]
        else:
            del self.fields["known"]

    def clean_login(self) -> str:
        typed = str(self.cleaned_data.get("login", "")).strip()
        chosen = self.data.get("known", "") if "known" in self.fields else ""
        if not typed and not chosen:
            raise forms.ValidationError(_("Type your user name or phone number."), code="required")
        return typed or chosen

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if self.cleaned_data["keep_name"]:
            device.remember(request, response, self.user.username)
        return response


class ChangeSecretForm(ChangePasswordForm):
    """One's own PIN or password, changed by whoever knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("Present PIN or password"), "password1": _("New PIN or password"),
                  "password2": _("The same once more")}  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        pin = secret_policy.pin_allowed(self.user.roles())
        self.fields["password1"].help_text = PIN_HELP if pin else PASSWORD_HELP


class CodeForm(forms.Form):
    """The one-time code of a slip, typed by hand."""

    code = forms.CharField(
        label=_("One-time code on your slip"),
        max_length=40,
        help_text=_("Ten letters and digits, such as BCDFG-23456."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters",
                                      "spellcheck": "false"}),
    )  # fmt: skip


class SecretForm(forms.Form):
    """A new PIN or password, typed twice."""

    secret = forms.CharField(
        label=_("New PIN or password"), strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The same once more"), strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, pin = user, secret_policy.pin_allowed(user.roles())
        field = self.fields["secret"]
        field.label, field.help_text = (_("New PIN"), PIN_HELP) if pin else (_("New password"), PASSWORD_HELP)

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        validate_password(secret, self.user)
        return secret

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "secret" in cleaned and cleaned.get("again") != cleaned["secret"]:
            self.add_error("again", _("The two are not the same."))
        return cleaned

    def accept(self, invitation: Invitation) -> User:
        """The user, whose secret is now set. Raises Refusal when the code was used meanwhile."""
        return invitation.accept(secret=self.cleaned_data["secret"])
