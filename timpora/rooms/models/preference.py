"""How a user wants to be told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.rooms.models.binding import Binding
from timpora.rooms.models.notice import Notice
from timpora.team.models import Mandate, User


class Channel(NamedTuple):
    """A way of telling: the columns of the choice, of the newest notice spoken of, and of when."""

    choice: str
    newest: str
    at: str


EMAIL = Channel("email", "mailed", "mailed_at")
WHATSAPP = Channel("whatsapp", "told", "told_at")


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def of(self, user: User) -> Preference:
        """The user's preference; unsaved and with the defaults where nothing was ever chosen."""
        return self.filter(user=user).first() or self.model(user=user)

    def by_email(self) -> PreferenceQuerySet:
        """Those of users who can and want to be told by e-mail."""
        mine = self.exclude(email=Preference.Email.NEVER).exclude(user__email="").filter(user__is_active=True)
        return mine.select_related("user")

    def by_whatsapp(self) -> PreferenceQuerySet:
        """Those of users who want to be told by WhatsApp, have bound theirs and said no stop word since."""
        bound = Binding.objects.live().filter(stopped_at__isnull=True)
        mine = self.exclude(whatsapp=Preference.WhatsApp.NEVER).filter(user__in=bound.values("user"))
        return mine.filter(user__is_active=True).select_related("user")


class Preference(models.Model):
    """How a user wants to be told: in the app always, by e-mail and by WhatsApp at once or as a digest, never
    in quiet hours.
    """

    class Email(models.TextChoices):
        NEVER = "never", _("no e-mail")
        AT_ONCE = "at_once", _("at once")
        DIGEST = "digest", _("once a day")

    class WhatsApp(models.TextChoices):
        NEVER = "never", _("no WhatsApp")
        AT_ONCE = "at_once", _("at once")
        DIGEST = "digest", _("once a day")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="preference")
    email = models.CharField(_("e-mail notices"), max_length=8, choices=Email.choices, default=Email.NEVER)
    digest_at = models.TimeField(_("digest at"), default="07:00")
    quiet_from = models.TimeField(_("quiet from"), default="20:00")
    quiet_until = models.TimeField(_("quiet until"), default="06:00")
    mailed = models.BigIntegerField(default=0)  # the newest notice an e-mail has spoken of
    mailed_at = models.DateTimeField(null=True, blank=True)
    whatsapp = models.CharField(
        _("WhatsApp notices"), max_length=8, choices=WhatsApp.choices, default=WhatsApp.NEVER
    )
    told = models.BigIntegerField(default=0)  # the newest notice a WhatsApp message has spoken of
    told_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PreferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"preference of {self.user_id}"

    def is_quiet(self, at: time) -> bool:
        """Whether a local time lies in the quiet hours, which may run over midnight; equal bounds mean
        none.
        """
        begin, end = self.quiet_from, self.quiet_until
        return begin <= at < end if begin <= end else at >= begin or at < end

    def is_due(self, now: datetime, channel: Channel = EMAIL) -> bool:
        """Whether a message may go out at a local moment: outside quiet hours, and for a digest once a
        day.
        """
        if self.is_quiet(now.time()):
            return False
        if getattr(self, channel.choice) != self.Email.DIGEST:
            return True
        moment, last = self.digest_moment(now), getattr(self, channel.at)
        return last is None or last < moment

    def digest_moment(self, now: datetime) -> datetime:
        """The last digest time at or before a local moment."""
        today = datetime.combine(now.date(), self.digest_at, tzinfo=now.tzinfo)
        return today if today <= now else today - timedelta(days=1)

    def pending(self, now: datetime, channel: Channel = EMAIL) -> models.QuerySet[Notice]:
        """Unread notices of the user's posts that no message has spoken of; for a digest those up to its
        time.
        """
        posts = Mandate.objects.live().filter(user=self.user_id).values("post")
        newest = getattr(self, channel.newest)
        notices: models.QuerySet[Notice] = Notice.objects.unread().filter(post__in=posts, pk__gt=newest)
        if getattr(self, channel.choice) == self.Email.DIGEST:
            notices = notices.filter(made_at__lte=self.digest_moment(now))
        return notices

    def claim(self, newest: int, now: datetime, channel: Channel = EMAIL) -> bool:
        """Takes the sending of everything up to `newest`; False where another process took it."""
        before = {name: getattr(self, name) for name in (channel.newest, channel.at)}
        mine = Preference.objects.filter(pk=self.pk, **before)
        return bool(mine.update(**{channel.newest: newest, channel.at: now}))

    def give_back(self, newest: int) -> None:
        """What was claimed was not sent by e-mail: the next round tries again."""
        mine = Preference.objects.filter(pk=self.pk, mailed=newest)
        mine.update(mailed=self.mailed, mailed_at=self.mailed_at)

    def choose(self, *, by: User, **values: Any) -> None:
        """The user's own choice how to be told."""
        if by.pk != self.user_id:
            raise ValueError("everybody chooses for themselves")
        with book.writing():
            Preference.objects.update_or_create(user=by, defaults=values)
            book.record("notices.chosen", by=by, subject=f"user:{by.pk}", fields=tuple(sorted(values)))
