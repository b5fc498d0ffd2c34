"""What a bound member may write beside the nil return: each word gives words back, a link, and no one's
name.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from timpora.address import address
from timpora.inbound.line import waiting
from timpora.inbound.line.member import Content, Member, no_post, with_more
from timpora.inbound.line.which import ask_which
from timpora.rooms.line import texts
from timpora.rooms.line.texts import Line
from timpora.rooms.models.incoming import Word


def report(member: Member) -> Content:
    """A link to the form: who lives where is written there, not here."""
    if not any(mandate.tier for mandate in member.mandates):
        return no_post()
    return texts.text(
        _("Open the form and write your report there: %(link)s") % {"link": address(reverse("reports:new"))}
        + "\n\n"
        + _("Please do not write here about anybody.")
    )


def tasks(member: Member) -> Content:
    """How much waits, in numbers; of several posts which one is asked first."""
    if not member.mandates:
        return no_post()
    if len(member.mandates) > 1:
        return ask_which(member, Word.TASKS, member.mandates)
    return texts.text(waiting.told(member.mandates[0]))


def help(member: Member) -> Content:
    """The words there are, as a list to tap."""
    return texts.choice(
        _(
            "Choose or write a word. Whatever else you send is dropped unread; "
            "please never write about a person."
        ),
        _("List of words"),
        [
            Line(f"word:{Word.REPORT}", _("REPORT"), _("a link to the form")),
            Line(f"word:{Word.NIL}", _("NIL"), _("the nil return of your village")),
            Line(f"word:{Word.TASKS}", _("TASKS"), _("how much waits for you")),
            Line(f"word:{Word.CANCEL}", _("CANCEL"), _("takes back what was begun")),
            Line(f"word:{Word.STOP}", _("STOP"), _("no notices any more")),
            Line(f"word:{Word.START}", _("START"), _("notices again")),
        ],
    )


def stop(member: Member) -> Content:
    """No notices any more; words are still answered."""
    member.binding.stop(by=member.user)
    return texts.text(_("You get no more notices here. Write MULAI (or START) to get them again."))


def start(member: Member) -> Content:
    """Notices as chosen on the page."""
    member.binding.resume(by=member.user)
    link = address(reverse("rooms:preference"))
    return texts.text(_("Notices come again as you have chosen: %(link)s") % {"link": link})


def cancel(member: Member) -> Content:
    """Whatever was begun was taken back already when the word came."""
    return texts.text(_("Nothing was signed."))


def other(member: Member) -> Content:
    """Neither text nor picture that is no word is kept or looked at."""
    link = address(reverse("reports:new"))
    body = _("What you sent is not kept and was read by nobody. Reports are written here: %(link)s") % {
        "link": link
    }
    return with_more(body)
