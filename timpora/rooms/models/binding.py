from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rooms.models.binding_code import BindingCode
from timpora.team.models import User

# How long after a member's message free words may be sent; outside it templates only (Meta, customer service
# window).
WINDOW = timedelta(hours=24)


class BindingQuerySet(models.QuerySet["Binding"]):
    def live(self) -> BindingQuerySet:
        return self.filter(ended_at__isnull=True)

    def of(self, user: User) -> Binding | None:
        """The user's WhatsApp; None where none is bound."""
        found: Binding | None = self.live().filter(user=user).first()
        return found

    def from_(self, whatsapp_id: str) -> Binding | None:
        """Whose WhatsApp a message came from; None for a stranger's."""
        found: Binding | None = self.live().select_related("user").filter(whatsapp_id=whatsapp_id).first()
        return found

    def bind(self, *, whatsapp_id: str, code_digest: str) -> Binding:
        """The WhatsApp that sent a code now is its user's; one the user had before ends.

        Raises Refusal for a code that is used, too old or none, Conflict where the WhatsApp is another's.
        """
        if whatsapp_id[2:3] != ".":
            raise Refusal(
                _("WhatsApp did not tell who you are. Bring the app up to date and send the code once more."),
                code="no_user_id",
            )
        with book.writing():
            code = BindingCode.objects.select_related("user").filter(code_digest=code_digest).first()
            other = self.from_(whatsapp_id)
            if other is not None and code is not None and other.user_id != code.user_id:
                raise Conflict(
                    _("This WhatsApp already belongs to a member. It has to be disconnected there first."),
                    code="bound_already",
                )
            mine = BindingCode.objects.open().filter(code_digest=code_digest)
            if code is None or not mine.update(used_at=timezone.now()):
                raise Refusal(
                    _(
                        "This code has been used, is older than 15 minutes or never was one. "
                        "Ask for a new one in Timpora, under Notices."
                    ),
                    code="code_unknown",
                )
            for before in self.live().filter(user=code.user):
                before.end(by=code.user)
            made: Binding = self.create(user=code.user, whatsapp_id=whatsapp_id)
            book.record("binding.made", by=code.user, subject=f"binding:{made.pk}")
        return made


class Binding(models.Model):
    """User × WhatsApp, from one day to another. It is found by WhatsApp's own id, for a number may be
    absent.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bindings")
    whatsapp_id = models.CharField(max_length=80)
    since = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True, blank=True)  # the last message, by the provider's clock
    stopped_at = models.DateTimeField(null=True, blank=True)  # a stop word: no notices until a start word
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = BindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="binding_one_a_whatsapp", fields=["whatsapp_id"], condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="binding_one_a_user", fields=["user"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"binding of user {self.user_id}"

    @property
    def open_until(self) -> datetime | None:
        """Until when free words may be sent; None when a template is needed."""
        until = self.heard_at and self.heard_at + WINDOW
        return until if until and until > timezone.now() else None

    def hear(self, at: datetime) -> None:
        """A message came, sent at a moment of the provider's clock; an older one that comes later moves
        nothing back.
        """
        mine = Binding.objects.filter(pk=self.pk)
        mine.filter(Q(heard_at__isnull=True) | Q(heard_at__lt=at)).update(heard_at=at)

    def stop(self, *, by: User) -> bool:
        """No notices from now on; False where that was so already."""
        return self._mark("binding.stopped", by, self.stopped_at is None, stopped_at=timezone.now())

    def resume(self, *, by: User) -> bool:
        """Notices as chosen again; False where they never stopped."""
        return self._mark("binding.resumed", by, self.stopped_at is not None, stopped_at=None)

    def end(self, *, by: book.Actor) -> bool:
        """Neither notices nor commands any more; False where it had ended already."""
        return self._mark("binding.ended", by, self.ended_at is None, ended_at=timezone.now())

    def _mark(self, action: str, by: book.Actor, changes: bool, **values: datetime | None) -> bool:
        if not changes:
            return False
        with book.writing():
            Binding.objects.filter(pk=self.pk).update(**values)
            for name, value in values.items():
                setattr(self, name, value)
            if action == "binding.ended":
                book.record("binding.ended", by=by, subject=f"binding:{self.pk}")
            elif action == "binding.stopped":
                book.record("binding.stopped", by=by, subject=f"binding:{self.pk}")
            else:
                book.record("binding.resumed", by=by, subject=f"binding:{self.pk}")
        return True
