"""allauth's way in, with the user of a session read by a prepared statement: every request reads one."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db import models

from timpora.prepared import Given, Prepared
from timpora.team.models import User

_user: Prepared[User] = Prepared(lambda: User.objects.filter(pk=Given("user", models.BigIntegerField())))


class Backend(AuthenticationBackend):
    """Signs in by user name and PIN or password; gives the user whom a session belongs to."""

    def get_user(self, user_id: int) -> User | None:
        found = _user(user=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
