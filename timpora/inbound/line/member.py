"""A bound member's message, and how the line speaks with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from timpora.rooms.line import texts
from timpora.rooms.models import Binding, Incoming
from timpora.rooms.models.incoming import Word
from timpora.team.models import Mandate, User

Content = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """Who wrote, what, and the ids of a tapped choice."""

    binding: Binding
    message: Incoming
    argument: str = ""

    @property
    def user(self) -> User:
        return self.binding.user

    @cached_property
    def mandates(self) -> list[Mandate]:
        """The posts the member holds today; none for one whose account is closed."""
        return Mandate.objects.in_hand(self.user) if self.user.is_active else []


def no_post() -> Content:
    """Whoever holds no post has nothing to do here, and is told so."""
    return texts.text(_("You hold no post at present. Whoever manages your post can seat you again."))


def with_more(body: str) -> Content:
    """Words over the buttons of what one may do next."""
    return texts.buttons(body, {
        f"word:{Word.REPORT}": _("Report"), f"word:{Word.NIL}": _("Nil"), f"word:{Word.TASKS}": _("Tasks"),
    })  # fmt: skip
