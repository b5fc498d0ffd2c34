from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora.ledger import book
from timpora.team.models import User
from timpora.team.models.invitation import ALPHABET, LENGTH, digest

VALID_FOR = timedelta(minutes=15)


class BindingCodeQuerySet(models.QuerySet["BindingCode"]):
    def open(self) -> BindingCodeQuerySet:
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())

    def issue(self, *, by: User) -> tuple[BindingCode, str]:
        """A fresh code for oneself, which is shown this once; earlier ones lose their force."""
        code = _drawn()
        with book.writing():
            now = timezone.now()
            self.filter(user=by, used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
            made = self.create(user=by, code_digest=digest(code), expires_at=now + VALID_FOR)
            book.record("binding.offered", by=by, subject=f"user:{by.pk}")
        return made, f"{code[:5]}-{code[5:]}"


def _drawn() -> str:
    """A code with at least one letter, so that no number anybody writes looks like one."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isdecimal():
            return code


class BindingCode(models.Model):
    """A one-time code that binds a user to the WhatsApp it is sent from; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="binding_codes")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = BindingCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"code of user {self.user_id}"
