"""Invitations by e-mail, where there is a mail server and the member has an address.

The message holds the link, the member's own name and how long it works; no post, no user name, no secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.team import slips
from timpora.team.models import Mandate, User
from timpora.team.slips import Slip


class Outcome(NamedTuple):
    """Whose invitation the server took, and the slips of those it did not take: to be handed over."""

    sent: list[Slip]
    left: list[Slip]


def reaches(user: User) -> bool:
    """Whether an invitation can go to this user by e-mail."""
    return bool(settings.EMAIL_HOST and user.email)


def send(*, by: Mandate, users: Iterable[User], door: str) -> Outcome:
    """A fresh invitation for each user, to their address; codes given before lose their force."""
    made = slips.issue(by=by, users=users, door=door)
    # Outside any transaction: a slow mail server must not make other offices wait.
    taken = _deliver(made)
    with book.writing():
        for slip in taken:
            book.record("invitation.mailed", by=by, subject=f"user:{slip.user.pk}")
    return Outcome(taken, [slip for slip in made if slip not in taken])


def _deliver(made: list[Slip]) -> list[Slip]:
    connection: BaseEmailBackend = get_connection()
    taken = []
    try:
        connection.open()
        for slip in made:
            if _take(connection, slip):
                taken.append(slip)
        connection.close()
    except (SMTPException, OSError):  # not there, or gone in between
        return taken
    return taken


def _take(connection: BaseEmailBackend, slip: Slip) -> bool:
    """Whether the server took this one message; another recipient may still be fine."""
    try:
        return bool(_message(slip, connection).send())
    except (SMTPException, OSError):
        return False


def _message(slip: Slip, connection: BaseEmailBackend) -> EmailMessage:
    with translation.override(slip.user.language):
        day = date_format(timezone.localtime(slip.expires_at), "DATE_FORMAT")
        secret = _("a PIN of six digits") if slip.pin else _("a password of at least ten characters")
        lines = [
            _("Dear %(name)s,") % {"name": slip.user.name},
            "",
            _("You have been given a post in Timpora. Open this link and choose %(secret)s:")
            % {"secret": secret},
            "",
            slip.address,
            "",
            _("The link works once, until %(day)s. It opens your account: pass it on to nobody.")
            % {"day": day},
            _("If you did not expect this, ask the secretary of your Tim Pora and leave the link unopened."),
        ]
        body = "\n".join(lines)
        return EmailMessage(_("Your way into Timpora"), body, to=[slip.user.email], connection=connection)


def underway(users: Iterable[User]) -> dict[int, datetime]:
    """User → when the invitation that counts was sent by e-mail; none for whom a slip was made since."""
    subjects = {f"user:{user.pk}": user.pk for user in users}
    acts = Entry.objects.filter(
        subject__in=subjects, action__in=("invitation.issued", "invitation.mailed")
    ).order_by("number")
    found: dict[int, datetime] = {}
    for entry in acts:
        if entry.action == "invitation.mailed":
            found[subjects[entry.subject]] = entry.moment
        else:
            found.pop(subjects[entry.subject], None)
    return found
