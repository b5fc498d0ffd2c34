"""What waits for a mandate: each app is asked for its own, and each answer is one line with its next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.desk.doors import address
from timpora.desk.duty import returns_due
from timpora.desk.wording import age_of, day_of
from timpora.exchange import questions
from timpora.exchange.models import Row
from timpora.registry.models import Claim, Request
from timpora.reports.models import Report
from timpora.rooms.models import Thread
from timpora.stays.models import Stay
from timpora.team.models import Mandate, Team
from timpora.team.roles import Role, Tier


@dataclass(frozen=True)
class Item:
    """One line: what waits, where to do it, what the button of the next step says, and a badge beside it."""

    sentence: str
    href: str
    step: str = ""
    badge: str = ""
    kind: str = "waiting"


def awaiting(mandate: Mandate) -> list[Item]:
    """What this mandate can do now, the most pressing first."""
    return [item for source in SOURCES for item in source(mandate)]


def sent_back(mandate: Mandate) -> Iterator[Item]:
    """Reports of this post that came back with a question and were not answered."""
    if mandate.tier is None:
        return
    mine = Report.objects.filter(post=mandate.post_id, state=Report.State.SENT_BACK, replaced_by__isnull=True)
    for report in mine.order_by("pk")[:5]:
        sentence = _("A report of %(day)s came back to you with a question") % {
            "day": day_of(report.submitted_at)
        }
        yield Item(
            sentence,
            address("reports:report", report.pk),
            _("Answer the question"),
            _("needs an answer"),
            "ask",
        )


def reports(mandate: Mandate) -> Iterator[Item]:
    waiting = Report.objects.awaiting(mandate)
    number, first = waiting.count(), waiting.first()
    if first is not None:
        sentence = ngettext("%(n)d report to confirm", "%(n)d reports to confirm", number) % {"n": number}
        yield Item(sentence, address("reports:waiting"), _("Confirm reports"), age_of(first.held_since))


def identities(mandate: Mandate) -> Iterator[Item]:
    waiting = Report.objects.to_decide(mandate)
    number, first = waiting.count(), waiting.first()
    if first is not None:
        sentence = ngettext("%(n)d identity to decide", "%(n)d identities to decide", number) % {"n": number}
        yield Item(sentence, address("reports:identities"), _("Decide an identity"), age_of(first.held_since),
                   "ask")  # fmt: skip


def rows(mandate: Mandate) -> Iterator[Item]:
    """Rows of agencies' lists of which it is open whom they speak of."""
    number = Row.objects.to_decide(mandate).count()
    if number:
        sentence = ngettext("%(n)d row of a list to decide", "%(n)d rows of lists to decide", number)
        yield Item(sentence % {"n": number}, address("exchange:undecided"), _("Decide a row"), "", "ask")


def listed(mandate: Mandate) -> Iterator[Item]:
    """Persons a list names at a village and nobody has reported: the village is asked."""
    number = questions.waiting(mandate)
    if number:
        sentence = ngettext(
            "%(n)d person on a list is not reported here",
            "%(n)d persons on lists are not reported here",
            number,
        )
        yield Item(sentence % {"n": number}, address("exchange:questions"), _("Answer for the village"), "",
                   "calm")  # fmt: skip


def agreements(mandate: Mandate) -> Iterator[Item]:
    """Identities that another office decides once this one has agreed."""
    asked = list(Report.objects.to_agree(mandate).values_list("held_since", flat=True))
    if asked:
        sentence = ngettext(
            "%(n)d identity waits for the agreement of your office",
            "%(n)d identities wait for the agreement of your office",
            len(asked),
        ) % {"n": len(asked)}
        step = _("Look at both records")
        yield Item(sentence, address("reports:identities"), step, age_of(asked[0]), "ask")


def claims(mandate: Mandate) -> Iterator[Item]:
    """Questions about residents that two villages report, the first due ahead."""
    waiting = Claim.objects.awaiting(mandate).order_by("due_on", "pk")
    number, first = waiting.count(), waiting.first()
    if first is None:
        return
    left = (first.due_on - mandate.post.today).days
    badge = _("overdue") if left < 0 else ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    sentence = ngettext(
        "%(n)d person is reported by two villages", "%(n)d persons are reported by two villages", number
    )
    step = _("Answer the other village") if mandate.tier == Tier.VILLAGE else _("Decide between two villages")
    yield Item(sentence % {"n": number}, address("registry:claims"), step, badge, "ask")


def guests(mandate: Mandate) -> Iterator[Item]:
    """Guests of lodgings who stay so long that the village is asked whether they live there."""
    number = Stay.objects.long(mandate).count()
    if number:
        sentence = ngettext("%(n)d guest stays long", "%(n)d guests stay long", number) % {"n": number}
        yield Item(sentence, address("stays:long"), _("Say who lives here"), "", "calm")


def requests(mandate: Mandate) -> Iterator[Item]:
    """What people ask about their own data, the first due ahead."""
    waiting = list(Request.objects.awaiting(mandate).first_due())
    if not waiting:
        return
    number, first = len(waiting), waiting[0]
    sentence = ngettext(
        "%(n)d person asks about their data", "%(n)d requests of people about their data", number
    )
    day = date_format(timezone.localtime(first.due_at), "j F")
    badge = _("overdue") if first.is_overdue else _("answer by %(day)s") % {"day": day}
    yield Item(sentence % {"n": number}, address("rights:requests"), _("Answer a request"), badge, "ask")


def returns(mandate: Mandate) -> Iterator[Item]:
    """The village's own return where it is due; above it, how many villages are silent."""
    yield from (Item(due.sentence, due.href, due.step, due.badge, due.kind) for due in returns_due(mandate))


def rooms(mandate: Mandate) -> Iterator[Item]:
    """What was written and not read in the rooms the post sits in, the latest ahead."""
    mine: Any = Thread.objects.visible_to(mandate).with_unread(mandate)
    for thread in mine.filter(unread__gt=0).newest_first()[:3]:
        sentence = ngettext(
            "%(n)d new message in the room %(title)s",
            "%(n)d new messages in the room %(title)s",
            thread.unread,
        ) % {"n": thread.unread, "title": thread.title}
        badge = age_of(thread.last_at) if thread.last_at else ""
        yield Item(sentence, f"{thread.door}#unread", _("Open the room"), badge, "calm")


def not_signed_in(mandate: Mandate) -> Iterator[Item]:
    """Officers who never signed in and to whom this mandate hands a slip."""
    if mandate.role not in (Role.DISTRICT, Role.SECRETARY, Role.CHAIR, Role.OPERATOR):
        return
    number = Mandate.objects.absent(mandate).count()
    if number:
        sentence = ngettext(
            "%(n)d officer has never signed in", "%(n)d officers have never signed in", number
        )
        yield Item(sentence % {"n": number}, address("team:absent"), _("Hand out slips"), "", "calm")


def ending(mandate: Mandate) -> Iterator[Item]:
    """Teams of the own area whose decree runs out."""
    if mandate.role not in (Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR, Role.OPERATOR):
        return
    for team in Team.objects.visible_to(mandate).ending().order_by("until")[:5]:
        past = team.days_left < 0
        badge = (
            _("ended")
            if past
            else ngettext("%(n)d day left", "%(n)d days left", team.days_left) % {"n": team.days_left}
        )
        sentence = _("The decree of %(team)s ends on %(day)s") % {
            "team": team.name,
            "day": day_of(team.until),
        }
        yield Item(
            sentence,
            address("team:team", team.pk),
            _("Prepare the new decree"),
            badge,
            "late" if past else "calm",
        )


SOURCES: tuple[Callable[[Mandate], Iterator[Item]], ...] = (
    sent_back, claims, requests, reports, identities, rows, agreements, listed, guests, returns, rooms,
    ending, not_signed_in,
)  # fmt: skip
