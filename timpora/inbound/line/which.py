"""Asks a member of several posts which one is meant."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from timpora.inbound.line.member import Content, Member
from timpora.rooms.line import texts
from timpora.rooms.line.texts import Line
from timpora.rooms.models import Prompt
from timpora.team.models import Mandate


def ask_which(member: Member, word: str, mandates: Sequence[Mandate]) -> Content:
    """A list of the posts; a tap on one goes on with the word."""
    prompt = Prompt.objects.put(member.binding, word=word)
    rows = [
        Line(f"prompt:{prompt.pk}:{mandate.pk}", mandate.post.title, mandate.post.place)
        for mandate in mandates
    ]
    return texts.choice(_("Which of your posts do you mean?"), _("Posts"), rows)
