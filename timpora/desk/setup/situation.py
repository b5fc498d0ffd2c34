"""What is so of an office on its first days, read from rows once for the whole checklist."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from timpora.areas import codes
from timpora.areas.models import Area, Office
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.team.models import Invitation, Mandate, Team, User
from timpora.team.roles import Role

AGREEING = ("office.agreed", "office.changed")


class Situation:
    """One office (None before there is any) and what its rows say."""

    def __init__(self, office: Office | None) -> None:
        self.office = office

    @cached_property
    def regencies(self) -> list[Area]:
        """The kabupaten and kota it answers for today."""
        return list(Area.objects.filter(code__in=self.office.codes).order_by("code")) if self.office else []

    @cached_property
    def agreed(self) -> set[str]:
        """The settings that somebody has looked at and kept, or changed: the ledger knows."""
        if self.office is None:
            return set()
        entries = Entry.objects.about(subject(self.office)).filter(action__in=AGREEING)
        return {name for fields in entries.values_list("fields", flat=True) for name in fields.split(",")}

    @property
    def clocks(self) -> set[str]:
        """The time zones its kabupaten and kota keep."""
        return {area.timezone for area in self.regencies}

    @property
    def can_mail(self) -> bool:
        return bool(settings.EMAIL_HOST)

    @cached_property
    def mail_tested(self) -> bool:
        return Entry.objects.filter(action="mail.tested").exists()

    @cached_property
    def teams(self) -> list[Team]:
        return list(Team.objects.filter(office=self.office).order_by("pk")) if self.office else []

    @cached_property
    def members(self) -> int:
        """How many people serve today in the office's area, its operators aside."""
        return self._serving().count()

    @cached_property
    def without_slip(self) -> int:
        """How many of them have never signed in and hold no code that still opens."""
        held = Invitation.objects.open().values("user")
        return self._serving().filter(last_login__isnull=True).exclude(pk__in=held).count()

    @cached_property
    def signed_in(self) -> int:
        return self._serving().filter(last_login__isnull=False).count()

    def settle(
        self, fields: tuple[str, ...], *, by: book.Actor, seen: int | None = None, **changed: Any
    ) -> None:
        """The settings of one step as they shall be: what differs is changed, all of it is agreed to.

        Agreeing to a default is an act of its own, because nobody could tell it from not having looked.
        Raises Refusal, and Conflict where the office has changed since `seen`, the version on the page.
        """
        assert self.office is not None
        with book.writing():
            differing = {name: new for name, new in changed.items() if getattr(self.office, name) != new}
            if differing:
                self.office.change(by=by, seen=seen, **differing)
                self.__dict__.pop("agreed", None)
            if not set(fields) <= self.agreed:
                place, about = self.office.province_id, subject(self.office)
                book.record("office.agreed", by=by, area=place, subject=about, fields=fields)

    def _serving(self) -> QuerySet[User]:
        if self.office is None:
            return User.objects.none()
        here = Q(post__office=self.office) | codes.under("post__area", self.office.codes)
        live = Mandate.objects.live().filter(here).exclude(post__role=Role.OPERATOR)
        return User.objects.filter(pk__in=live.values("user"))


def subject(office: Office) -> str:
    """How the ledger names an office."""
    return f"office:{office.pk}"
