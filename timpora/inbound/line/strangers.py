"""People the line does not know: one polite sentence, or a code that makes somebody known."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from timpora.inbound.line.member import Content, with_more
from timpora.ledger.refusal import Refusal
from timpora.rooms.line import texts
from timpora.rooms.models import Binding, Incoming, LineCount


def greet(message: Incoming, sender: str) -> Content | None:
    """The one sentence, in both languages; None for whoever has had it today."""
    if not message.first_of(sender, f"hello:{timezone.localdate()}"):
        return None
    return _both(
        lambda: _(
            "This number serves the members of a Tim Pora, and only those who have connected their WhatsApp. "
            "Nothing of your message was kept. If you need help, please turn to the nearest immigration "
            "office."
        )
    )


def bind(message: Incoming, sender: str, digest: str) -> tuple[Content | None, Binding | None]:
    """What is said to a code, and the binding it made. A wrong code is answered once an hour."""
    try:
        binding = Binding.objects.bind(whatsapp_id=sender, code_digest=digest)
    except Refusal as refusal:
        known, sentence = Binding.objects.from_(sender), refusal.message
        if known is None:
            LineCount.objects.add(LineCount.What.STRANGER)
            if not message.first_of(sender, f"code:{timezone.localtime():%Y-%m-%d %H}"):
                return None, None
        return _both(lambda: str(sentence)), known
    binding.hear(message.sent_at)
    message.note(binding)
    with translation.override(binding.user.language):
        return with_more(
            _("Your WhatsApp is connected. Write BANTUAN (or HELP) to see what it can do.")
        ), binding


def _both(said: Callable[[], str]) -> Content:
    """A sentence in Indonesian and in English: nobody knows yet which one is read."""
    lines = []
    for language in texts.LANGUAGES:
        with translation.override(language):
            lines.append(said())
    return texts.text("\n\n".join(lines))
