"""How much waits for a mandate, in numbers and links; each app is asked for its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora.address import address
from timpora.exchange import questions
from timpora.exchange.models import Row
from timpora.recaps import standing
from timpora.registry.models import Claim, Request
from timpora.reports.models import Report
from timpora.stays.models import Stay
from timpora.team.models import Mandate


def told(mandate: Mandate) -> str:
    """What waits for a post, line by line, with where to do it; no names."""
    lines = [f"*{mandate.post.title}, {mandate.post.place}*"]
    lines += [f"• {sentence}\n  {address(path)}" for sentence, path in _lines(mandate)]
    if len(lines) == 1:
        lines.append(_("Nothing waits for you."))
    return "\n".join(lines)


def _lines(mandate: Mandate) -> Iterator[tuple[str, str]]:
    for due in (each for each in standing.awaiting(mandate) if each.asked):
        words = {"month": date_format(due.month.first, "F Y"), "day": date_format(due.due_on, "j F")}
        path = reverse("recaps:return", args=[mandate.post.area_id, str(due.month)])
        yield _("The return for %(month)s, by %(day)s") % words, path
    for number, sentence, page in _numbers(mandate):
        if number:
            yield sentence % {"n": number}, reverse(page)


def _numbers(mandate: Mandate) -> Iterator[tuple[int, str, str]]:
    back = Report.objects.filter(
        post=mandate.post_id, state=Report.State.SENT_BACK, replaced_by__isnull=True
    ).count()
    said = ngettext("%(n)d report came back with a question", "%(n)d reports came back with a question", back)
    yield back if mandate.tier else 0, said, "desk:home"
    claims = Claim.objects.awaiting(mandate).count()
    said = ngettext(
        "%(n)d person is reported by two villages", "%(n)d persons are reported by two villages", claims
    )
    yield claims, said, "registry:claims"
    waiting = Report.objects.awaiting(mandate).count()
    yield waiting, ngettext("%(n)d report to confirm", "%(n)d reports to confirm", waiting), "reports:waiting"
    guests = Stay.objects.long(mandate).count()
    yield guests, ngettext("%(n)d guest stays long", "%(n)d guests stay long", guests), "stays:long"
    doubtful = Report.objects.to_decide(mandate).count() + Report.objects.to_agree(mandate).count()
    said = ngettext("%(n)d identity to decide", "%(n)d identities to decide", doubtful)
    yield doubtful, said, "reports:identities"
    asked = Request.objects.awaiting(mandate).count()
    said = ngettext("%(n)d person asks about their data", "%(n)d requests of people about their data", asked)
    yield asked, said, "rights:requests"
    rows = Row.objects.to_decide(mandate).count()
    said = ngettext("%(n)d row of a list to decide", "%(n)d rows of lists to decide", rows)
    yield rows, said, "exchange:undecided"
    listed = questions.waiting(mandate)
    said = ngettext(
        "%(n)d person on a list is not reported here", "%(n)d persons on lists are not reported here", listed
    )
    yield listed, said, "exchange:questions"
