"""Signing in and out, as allauth does it and the ledger keeps it: who, when, and nothing that was typed."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.team import secret_policy
from timpora.team.models import User

SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")
"""allauth's notices that only repeat what the page itself shows."""


class Adapter(DefaultAccountAdapter):
    """User name or mobile number, PIN or password; no sign-up; each session's begin and end in the ledger."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name, PIN or password do not fit together. Please check them."),
        "incorrect_password": _("This is not your present PIN or password."),
        "enter_current_password": _("Type your present PIN or password."),
        "incorrect_code": _("This passkey was not accepted. Use your PIN or password."),
        "pin_too_weak": _("Your post needs a password; a PIN no longer opens it. Ask for a new slip."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves: a post comes with a slip."""
        return False

    def get_login_stages(self) -> list[str]:
        """No stage after the first: a passkey is another way in, not a second lock."""
        return []

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user of a typed user name or number. Whichever was typed, axes counts tries by user name."""
        typed = credentials.get("username") or ""
        known = User.objects.of_sign_in(typed)
        credentials["username"] = known.username if known else typed.strip().lower()[:60]
        self.known = known
        user = super().authenticate(request, **credentials)
        if user is not None and secret_policy.is_pin(credentials.get("password", "")):
            roles = user.roles()
            if roles and not secret_policy.pin_allowed(roles):
                raise self.validation_error("pin_too_weak")
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """An entry that says whose door it was, when that door exists; never what was typed."""
        self.refuse(self.known, *(("paused",) if getattr(request, "axes_locked_out", False) else ()))

    def refuse(self, door: User | None, *why: str) -> None:
        """The entry of a sign-in that failed, at this user's door or at none there is."""
        with book.writing():
            subject = f"user:{door.pk}" if door else ""
            book.record("session.refused", by=book.SYSTEM, subject=subject, fields=why)

    def login(self, request: HttpRequest, user: Any) -> None:
        with book.writing():
            super().login(request, user)
            book.record("session.opened", by=user, subject=f"user:{user.pk}")

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        response = super().post_login(request, user, **hooks)
        if not settings.DEMO:  # its accounts are everybody's: there the visitor's own choice stands
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def logout(self, request: HttpRequest) -> None:
        by: Any = getattr(request, "mandate", None) or request.user
        with book.writing():
            book.record("session.closed", by=by, subject=f"user:{request.user.pk}")
            super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        user.change_secret(by=user, secret=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("team:account")

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None,
                    *args: Any, **kwargs: Any) -> None:  # fmt: skip
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)
