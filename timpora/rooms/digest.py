"""Notices by e-mail: that something waits, never what or about whom. Run by the worker every minute."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.rooms.models import Preference
from timpora.team.models import Mandate

log = logging.getLogger(__name__)


def send() -> int:
    """How many e-mails went out now; none where this installation has no mail server."""
    if not settings.EMAIL_HOST:
        return 0
    return sum(_send_to(preference) for preference in Preference.objects.by_email())


def _send_to(preference: Preference) -> int:
    """1 when an e-mail went out. Claimed first, so that two workers never send one twice."""
    now = local_now(preference)
    if not preference.is_due(now):
        return 0
    pending = list(preference.pending(now).order_by("pk").values_list("pk", flat=True))
    if not pending or not preference.claim(pending[-1], now):
        return 0
    try:
        _message(preference, len(pending)).send()
    except DatabaseError:
        raise
    except Exception as fault:  # an unreachable or refusing mail server is tried again, and stops nobody else
        log.error("an e-mail of notices was not sent: %s", type(fault).__name__)
        preference.give_back(pending[-1])
        return 0
    return 1


def local_now(preference: Preference) -> datetime:
    """The time it is where the user's first post is; the installation's where they hold none."""
    mandate = Mandate.objects.live().with_places().filter(user=preference.user_id).order_by("pk").first()
    return timezone.localtime(timezone=mandate.post.zone if mandate else None)


def _message(preference: Preference, number: int) -> EmailMessage:
    with translation.override(preference.user.language):
        subject = ngettext("Timpora: %(n)d notice waits", "Timpora: %(n)d notices wait", number) % {
            "n": number
        }
        lines = [
            _("There is something waiting for your post."),
            _("Open Timpora to see it. For the protection of those concerned this e-mail says no more."),
            "",
            _("When and whether you get this e-mail is set in Timpora, under Notices."),
        ]
        return EmailMessage(subject, "\n".join(lines), to=[preference.user.email])
