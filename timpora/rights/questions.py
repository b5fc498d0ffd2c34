"""What a link asks before it opens: the date of birth and the end of a document's number, as registered.

Both stand in the passport, so that whoever is asked needs nothing else at hand; a slip that was lost shows
neither. Where the register knows only one of the two, no link is given (docs/decisions/0019-own-page.md).
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass

from timpora import vault
from timpora.registry.models import Person
from timpora.registry.partial_date import PartialDate, PartialDateError

ENDING = 4  # signs of the number that are asked for


@dataclass(frozen=True)
class Asked:
    """The right answers: the date of birth as far as it is known, and the ends of the numbers on file."""

    birth_date: str = ""
    endings: tuple[str, ...] = ()

    @property
    def can_be_asked(self) -> bool:
        return bool(self.birth_date and self.endings)


NOBODY = Asked("0001", ("\0" * ENDING,))  # compared where there is nobody to compare with; nothing fits it


def asked_of(person: Person) -> Asked:
    """The right answers for a person; numbers that no key opens, or too short ones, are not asked for."""
    endings = []
    for document in person.documents.order_by("pk"):
        try:
            number = vault.normalised(document.number)
        except vault.VaultError:
            continue
        if len(number) > ENDING:
            endings.append(number[-ENDING:])
    return Asked(person.birth_date, tuple(endings))


def fits(right: Asked, *, birth_date: str, number: str) -> bool:
    """Whether both answers are right. Takes as long for a wrong answer as for a right one.

    A date of which the register knows the year or the month only is right where that much is.
    """
    said = _at_precision(birth_date, right.birth_date)
    fit = hmac.compare_digest(said.encode(), right.birth_date.encode())
    end = vault.normalised(number)[-ENDING:].encode()
    known = False
    for ending in right.endings:
        known |= hmac.compare_digest(end, ending.encode())
    return fit & known & right.can_be_asked


def _at_precision(said: str, known: str) -> str:
    """What was said of a date, cut to the precision of what is known; "" for no date."""
    try:
        return str(PartialDate.parse(said))[: len(known)]
    except PartialDateError:
        return ""


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9: a phone in Arabic types "١٩٩٠"."""
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign
        for sign in unicodedata.normalize("NFKC", text)
    )
