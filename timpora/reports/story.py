"""What became of a report, in sentences from its ledger entries: which post did what, no officer's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from timpora.ledger.models import Detail, Entry
from timpora.registry.deciding import Mark
from timpora.registry.models import Decision
from timpora.reports.models import Report, Review
from timpora.team.models import Post

UNDONE_AT_ONCE = "undone at once"


@dataclass(frozen=True)
class Step:
    """One act: when, what as a sentence, and the reason that was given."""

    at: datetime
    sentence: str
    reason: str = ""


def steps(report: Report, *, for_village: bool) -> list[Step]:
    """The report's acts, oldest first. A village learns of an identity only "being checked" and "settled"."""
    entries = [
        entry for entry in Entry.objects.about(report.cause).order_by("number") if entry.action in SENTENCES
    ]
    posts = Post.objects.select_related("area", "office").in_bulk(
        {entry.post for entry in entries if entry.post}
    )
    reasons = {
        row.entry: json.loads(row.values).get("reason", "")
        for row in Detail.objects.filter(entry__in=[entry.number for entry in entries if entry.detail])
    }
    told = []
    for entry in entries:
        post = posts.get(entry.post) if entry.post else None
        sentence = (VILLAGE if for_village else {}).get(entry.action, SENTENCES[entry.action])(
            str(post or ""), entry
        )
        hidden = for_village and entry.action == "identity.undone"
        told.append(Step(entry.moment, sentence, "" if hidden else _reason(reasons.get(entry.number, ""))))
    return told


def _reason(text: str) -> str:
    return _("undone at once") if text == UNDONE_AT_ONCE else text


def _confirmed(post: str, entry: Entry) -> str:
    if Review.Mark.VACANT in entry.fields:
        return _("%(post)s confirmed it for a vacant post.") % {"post": post}
    if Review.Mark.SILENT in entry.fields:
        return _("%(post)s confirmed it for a tier that had been silent.") % {"post": post}
    return _("%(post)s confirmed it.") % {"post": post}


def _decided(post: str, entry: Entry) -> str:
    outcome, _comma, mark = entry.fields.partition(",")
    if outcome == Decision.Outcome.SAME:
        said = _("%(post)s decided: the same person as the one registered.") % {"post": post}
    else:
        said = _("%(post)s decided: another person than those proposed.") % {"post": post}
    return " ".join((said, _("Decided for a vacant post."))) if mark == Mark.VACANT else said


Telling = Callable[[str, Entry], str]
SENTENCES: dict[str, Telling] = {
    "report.submitted": lambda post, entry: _("%(post)s sent the report.") % {"post": post},
    "report.confirmed": _confirmed,
    "report.verified": lambda post, entry: _("The report is verified."),
    "report.sent_back": lambda post, entry: _("%(post)s sent it back.") % {"post": post},
    "report.refused": lambda post, entry: _("%(post)s refused it.") % {"post": post},
    "report.withdrawn": lambda post, entry: _("%(post)s withdrew it.") % {"post": post},
    "report.unconfirmed": lambda post, entry: _("%(post)s took the confirmation back.") % {"post": post},
    "identity.asked": lambda post, entry: _(
        "Somebody alike is registered: the right tier decides who this is."
    ),
    "identity.agreed": lambda post, entry: _("%(post)s agreed to a decision.") % {"post": post},
    "identity.decided": _decided,
    "identity.undone": lambda post, entry: _("%(post)s took the decision back.") % {"post": post},
}
VILLAGE: dict[str, Telling] = {
    "identity.asked": lambda post, entry: _("It is being checked."),
    "identity.agreed": lambda post, entry: _("It is being checked."),
    "identity.decided": lambda post, entry: _("This is settled."),
    "identity.undone": lambda post, entry: _("It is being checked again."),
}
