"""What the provider's errors mean for us: wait, give up, or mend the line. Pure.

Source of the codes: Meta, WhatsApp Cloud API, error codes; of the waiting after 131056: 4 to the power of the
tries in seconds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it


class Verdict(StrEnum):
    """What is done after a failure."""

    AGAIN = "again"  # this message later
    WAIT = "wait"  # this message later, and it costs it no try
    PAIR = "pair"  # this recipient later: too many in too short a time
    PAUSE = "pause"  # the whole line later
    BROKEN = "broken"  # nothing goes out until somebody mends the line
    CLOSED = "closed"  # the 24-hour window is over: a template may still go
    UNKNOWN = "unknown"  # perhaps it went out: its delivery state will tell
    FINAL = "final"  # never


class Meaning(NamedTuple):
    """What a code means: for us, and in words."""

    verdict: Verdict
    sentence: str


UNREACHED, UNREAD, OUTDATED, QUOTA = -1, -2, -3, -4
"""Codes of our own, for what is no answer of the provider's."""

SENTENCES = {
    "limit": N_("Too many messages in a short time; sending goes on by itself."),
    "pair": N_("Too many messages to this member in a short time; it goes on by itself."),
    "held": N_("The provider holds messages back because some were reported as unwanted."),
    "busy": N_("The provider is out of order for a moment; it is tried again by itself."),
    "unreached": N_("The provider could not be reached; it is tried again by itself."),
    "unread": N_("The provider's answer did not arrive; its delivery report will tell."),
    "token": N_("The access token has expired or lacks a permission. Put a new one into WHATSAPP_TOKEN."),
    "account": N_("The provider has restricted the account. Look into WhatsApp Manager."),
    "number": N_("The number is not registered with the provider. Check WHATSAPP_PHONE_ID."),
    "bill": N_("The provider's bill is not settled. Look into WhatsApp Manager."),
    "window": N_("The member last wrote more than 24 hours ago."),
    "template": N_("The template does not exist in this language or is not approved yet."),
    "paused": N_("The provider has paused the template."),
    "disabled": N_("The provider has disabled the template for good. Register a new one."),
    "wording": N_("The template is not registered with the text of the operating guide."),
    "test": N_("The number is a test number, and this member is not on its list."),
    "unreachable": N_("This WhatsApp can't be reached at present."),
    "outdated": N_("It was too old when it could be sent."),
    "quota": N_("Today's number of recipients is used up; it goes on by itself."),
    "refused": N_("The provider does not accept the message."),
}
# A key of the sentences, what is done, and for which codes.
CODES: tuple[tuple[str, Verdict, tuple[int, ...]], ...] = (
    ("limit", Verdict.PAUSE, (4, 80007, 130429)),
    ("pair", Verdict.PAIR, (131056,)),
    ("held", Verdict.PAUSE, (131048,)),
    ("busy", Verdict.PAUSE, (131057,)),
    ("busy", Verdict.AGAIN, (1, 2, 131000, 131016, 135000)),
    ("unreached", Verdict.AGAIN, (UNREACHED,)),
    ("unread", Verdict.UNKNOWN, (UNREAD,)),
    ("token", Verdict.BROKEN, (0, 3, 10, 190, *range(200, 300), 131005)),
    ("account", Verdict.BROKEN, (368, 131031, 131064)),
    ("number", Verdict.BROKEN, (33, 131037, 131045)),
    ("bill", Verdict.BROKEN, (131042,)),
    ("window", Verdict.CLOSED, (131047,)),
    ("template", Verdict.FINAL, (132001, 132007)),
    ("paused", Verdict.FINAL, (132015,)),
    ("disabled", Verdict.FINAL, (132016,)),
    ("wording", Verdict.FINAL, (132000, 132005, 132008, 132012)),
    ("test", Verdict.FINAL, (131030,)),
    ("unreachable", Verdict.FINAL, (130472, 131021, 131026, 131049, 131050, 131062)),
    ("outdated", Verdict.FINAL, (OUTDATED,)),
    ("quota", Verdict.WAIT, (QUOTA,)),
)
MEANINGS = {code: Meaning(verdict, SENTENCES[word]) for word, verdict, codes in CODES for code in codes}


def meaning(code: int, status: int = 0) -> Meaning:
    """What a code means; one we do not know is tried again after a fault of the server's (5xx), else not."""
    if code in MEANINGS:
        return MEANINGS[code]
    if status == 429:
        return Meaning(Verdict.PAUSE, SENTENCES["limit"])
    if status >= 500:
        return Meaning(Verdict.AGAIN, SENTENCES["busy"])
    return Meaning(Verdict.FINAL, SENTENCES["refused"])


class Failure(Exception):
    """The provider did not take a message. `code` is the provider's, or ours below zero; `wait` in seconds
    where the provider said how long.
    """

    def __init__(self, code: int, *, status: int = 0, wait: int | None = None) -> None:
        super().__init__(code)
        self.code, self.wait = code, wait
        self.verdict = meaning(code, status).verdict
