"""The nil return by WhatsApp: the sworn sentence is put, and only a whole "ya" or its button within 15
minutes signs.

What a page would refuse is refused here, in words that name nobody.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from timpora.address import address
from timpora.areas.models import Area
from timpora.inbound.line import waiting
from timpora.inbound.line.member import Content, Member, no_post
from timpora.inbound.line.which import ask_which
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.recaps import standing
from timpora.recaps.models import NilRefused, Return
from timpora.recaps.month import Month
from timpora.recaps.residents import Obstacle, against_nil
from timpora.rooms.line import texts
from timpora.rooms.models import Prompt
from timpora.rooms.models.incoming import Word
from timpora.team.models import Mandate
from timpora.team.roles import Tier


def ask(member: Member) -> Content:
    """The sworn sentence of the village's oldest month without an answer, or why it can't be signed yet."""
    villages = [mandate for mandate in member.mandates if mandate.tier == Tier.VILLAGE]
    if not villages:
        return no_post() if not member.mandates else texts.text(
            _("Nil is signed by the village itself. Your post can do it on the page of the village: %(link)s")
            % {"link": address(reverse("recaps:returns"))}
        )  # fmt: skip
    if len(villages) > 1:
        return ask_which(member, Word.NIL, villages)
    return _put(member, villages[0])


def choose(member: Member) -> Content:
    """A tapped answer: which post was meant, or yes or no to the sworn sentence."""
    _prompt, number, chosen = member.argument.split(":")
    prompt = Prompt.objects.answered_by(member.message, member.binding, int(number))
    if prompt is None:
        return _too_late()
    if prompt.mandate_id is not None:
        return _sign(member, prompt) if chosen == "yes" else _leave(prompt)
    mandate = next((each for each in member.mandates if str(each.pk) == chosen), None)
    prompt.close(Prompt.Outcome.GIVEN)
    if mandate is None:
        return no_post()
    return _put(member, mandate) if prompt.word == Word.NIL else texts.text(waiting.told(mandate))


def confirm(member: Member) -> Content:
    """A typed yes: signs what was asked last."""
    prompt = Prompt.objects.answered_by(member.message, member.binding)
    if prompt is None or prompt.mandate_id is None:
        return _too_late()
    return _sign(member, prompt)


def _put(member: Member, mandate: Mandate) -> Content:
    due = [each for each in standing.awaiting(mandate) if each.asked]
    area = mandate.post.area
    if not due or area is None:
        return texts.text(
            _("No return is due: what was asked is answered. Nil can be signed from a month's last day on.")
        )
    month = due[0].month
    if first := against_nil(area, month):
        return _answer_first(area, month, first)
    prompt = Prompt.objects.put(member.binding, word=Word.NIL, mandate=mandate, month=str(month))
    with book.writing():
        book.record(
            "prompt.put", by=mandate, area=area.pk, subject=f"prompt:{prompt.pk}", fields=(str(month),)
        )
    return texts.buttons(
        _sentence(mandate, area, month) + "\n\n" + _("Is this so? Answer YA (or YES) within 15 minutes."),
        {f"prompt:{prompt.pk}:yes": _("Yes, nil"), f"prompt:{prompt.pk}:no": _("Cancel")},
    )


def _sentence(mandate: Mandate, area: Area, month: Month) -> str:
    """The same word that the page asks for, by the post and not by a name."""
    words = {"post": mandate.post.title, "place": area.full_name, "day": date_format(month.last, "j F Y")}
    said = _("As %(post)s I declare that on %(day)s no foreign national lived in %(place)s.") % words
    return f"*{said}*"


def _sign(member: Member, prompt: Prompt) -> Content:
    """Signs under the mandate the sentence was put to, if it is still held; everything is looked at again."""
    mandate = next((each for each in member.mandates if each.pk == prompt.mandate_id), None)
    if mandate is None or mandate.post.area is None:
        prompt.close(Prompt.Outcome.REFUSED)
        return no_post()
    area, month = mandate.post.area, Month.parse(prompt.month)
    if Return.objects.of(area, month) is not None:
        prompt.close(Prompt.Outcome.REFUSED)
        return texts.text(
            _("This month has been answered in the meantime: %(link)s") % {"link": _page(area, month)}
        )
    try:
        Return.objects.sign_nil(by=mandate, area=area, month=month)
    except NilRefused as refusal:
        prompt.close(Prompt.Outcome.REFUSED)
        return _answer_first(area, month, refusal.first)
    except Refusal as refusal:
        prompt.close(Prompt.Outcome.REFUSED)
        return texts.text(f"{refusal} {_page(area, month)}")
    prompt.close(Prompt.Outcome.GIVEN)
    with book.writing():
        book.record(
            "prompt.answered", by=mandate, area=area.pk, subject=f"prompt:{prompt.pk}", fields=(prompt.month,)
        )
    words = {"month": date_format(month.first, "F Y"), "link": _page(area, month)}
    return texts.text(_("Nil is signed for %(month)s. Thank you. %(link)s") % words)


def _answer_first(area: Area, month: Month, first: list[Obstacle]) -> Content:
    lines = [_("Nil can't be signed yet. Please answer this first:")]
    lines += [f"• {obstacle}" for obstacle in first]
    return texts.text("\n".join([*lines, _page(area, month)]))


def _leave(prompt: Prompt) -> Content:
    prompt.close(Prompt.Outcome.CANCELLED)
    return texts.text(_("Nothing was signed."))


def _too_late() -> Content:
    return texts.text(
        _(
            "No question is open, or it was asked more than 15 minutes ago. Nothing was signed; "
            "write NIHIL (or NIL) to begin."
        )
    )


def _page(area: Area, month: Month) -> str:
    return address(reverse("recaps:return", args=[area.pk, str(month)]))
