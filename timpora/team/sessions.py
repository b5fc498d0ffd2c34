"""Django's sessions in the database, read with a prepared statement: every request reads one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from timpora.prepared import Given, Prepared

_lasting: Prepared[Session] = Prepared(
    lambda: Session.objects.filter(
        session_key=Given("key"), expire_date__gt=Given("now", models.DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    """The session of the browser's cookie. Django names the class."""

    def _get_session_from_db(self) -> Session | None:
        found = _lasting(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None
