from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.models.user import User

N_ = str  # marks a msgid for extraction
# Crockford's alphabet without vowels and look-alikes: nothing to misread on a slip, no words by chance.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 10  # 27^10 ≈ 47 bits, one use, rate-limited
VALID_FOR = timedelta(days=30)
UNKNOWN = N_("This code is not valid or has been used. Ask your secretary for a new slip.")


def normalise(code: str) -> str:
    return "".join(c for c in code.upper() if c in ALPHABET)


def digest(code: str) -> str:
    return sha256(normalise(code).encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())

    def issue(self, *, by: book.Actor, user: User) -> tuple[Invitation, str]:
        """A fresh invitation and its code, which is shown this once; earlier ones lose their force."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        with book.writing():
            self.filter(user=user, used_at__isnull=True, revoked_at__isnull=True).update(
                revoked_at=timezone.now()
            )
            invitation = self.create(
                user=user, code_digest=digest(code), expires_at=timezone.now() + VALID_FOR
            )
            book.record("invitation.issued", by=by, subject=f"user:{user.pk}")
        return invitation, f"{code[:5]}-{code[5:]}"

    def of_code(self, code: str) -> Invitation:
        """The open invitation of a typed or scanned code; refuses with one sentence for every failure."""
        invitation = self.open().select_related("user").filter(code_digest=digest(code)).first()
        if invitation is None:
            raise Refusal(
                _(UNKNOWN),
                field="code", code="invitation_unknown",
            )  # fmt: skip
        return invitation


class Invitation(models.Model):
    """The way in for a new member: a one-time code on a slip or in a link; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.user}"

    def accept(self, *, secret: str) -> User:
        """The user, whose secret (PIN or password, already validated) is now set.

        Whatever opened the account before ends: older sessions with the old secret, and passkeys, which may
        lie on a lost phone.
        """
        with book.writing():
            used = type(self).objects.open().filter(pk=self.pk).update(used_at=timezone.now())
            if not used:
                raise Refusal(_(UNKNOWN), field="code", code="invitation_used")
            self.user.set_password(secret)
            User.objects.filter(pk=self.user_id).update(password=self.user.password, is_active=True)
            Authenticator.objects.filter(user=self.user_id).delete()
            book.record("invitation.accepted", by=self.user, subject=f"user:{self.user_id}")
        return self.user
