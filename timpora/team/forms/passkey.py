"""The forms of passkeys: adding one, signing in with it, showing once more who sits here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms

# allauth expects a browser's own words; what somebody made up by hand can miss any part of them.
NO_PASSKEY = (forms.ValidationError, LookupError, TypeError, ValueError, AttributeError)


class AddPasskeyForm(AddWebAuthnForm):
    """Every passkey opens the account by itself; the box allauth's script looks at stays ticked, unseen."""

    passwordless = forms.BooleanField(
        required=False, initial=True, widget=forms.CheckboxInput(attrs={"hidden": True})
    )


class _ShownForm(AuthenticateWebAuthnForm):
    """A passkey that is not accepted stands in the ledger, as a wrong PIN does."""

    def clean_credential(self) -> Authenticator:
        shown: Any = self.cleaned_data["credential"]
        try:
            return super().clean_credential()
        except NO_PASSKEY as fault:
            adapter = get_adapter()
            adapter.refuse(self.user or _claimed(shown), "passkey")
            raise adapter.validation_error("incorrect_code") from fault


class PasskeySignInForm(_ShownForm, LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class PasskeyAgainForm(_ShownForm, ReauthenticateWebAuthnForm):
    """Showing the passkey once more before a step that needs it."""


def _claimed(shown: Any) -> Any:
    """The user whose account a passkey says it opens, or None; nothing proves it."""
    try:
        return auth.extract_user_from_response(shown)
    except NO_PASSKEY:
        return None
