"""Which PIN or password a member may choose: a PIN for villages, districts and lodgings, more for others.

Guessing is stopped elsewhere (axes pauses a user name); here the first guesses of a stranger are ruled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timpora.team.roles import Role

PIN = re.compile(r"\d{6}", re.ASCII)
PIN_ROLES = frozenset({Role.VILLAGE, Role.DISTRICT, Role.LODGING})
LONG = 10  # characters of a password; NIST SP 800-63B asks for at least 8
YEARS = re.compile(r"(19[3-9]|20[0-2])\d")
SENTENCES = {
    "pin_length": _("A PIN has exactly six digits. A password has at least ten characters."),
    "pin_trivial": _("This PIN is one of the first that a stranger tries. Choose one without a pattern."),
    "pin_date": _("This PIN looks like a birth date or a year. Choose one that nobody can look up."),
    "pin_phone": _("This PIN stands in your phone number. Choose another one."),
    "password_short": _("Your post needs a password of at least ten characters; a PIN is not enough."),
    "password_digits": _("A password of digits alone is quickly guessed. Add some letters or words."),
    "password_common": _("This password is on the lists that strangers try first. Choose another one."),
    "password_name": _("The password must not contain your user name or phone number."),
}


def pin_allowed(roles: Iterable[str]) -> bool:
    """Whether someone with these roles may sign in with a PIN; without a role nobody may."""
    held = set(roles)
    return bool(held) and held <= PIN_ROLES


def is_pin(secret: str) -> bool:
    return PIN.fullmatch(secret) is not None


def faults(secret: str, *, pin: bool, username: str = "", phone: str = "") -> list[str]:
    """The codes of SENTENCES that speak against a secret; `pin` says whether a PIN is allowed at all."""
    if pin and secret.isdigit() and len(secret) < LONG:
        return _pin_faults(secret, phone)
    found = []
    if len(secret) < LONG:
        found.append("pin_length" if pin else "password_short")
    elif secret.isdigit():
        found.append("password_digits")
    elif secret.casefold() in CommonPasswordValidator().passwords:
        found.append("password_common")
    named = [known for known in (username, phone.lstrip("+"), phone[3:]) if len(known) > 3]
    if any(known.casefold() in secret.casefold() for known in named):
        found.append("password_name")
    return found


def _pin_faults(pin: str, phone: str) -> list[str]:
    if not is_pin(pin):
        return ["pin_length"]
    if _has_pattern(pin) or pin in CommonPasswordValidator().passwords:
        return ["pin_trivial"]
    if _is_date(pin):
        return ["pin_date"]
    return ["pin_phone"] if pin in phone else []


def _has_pattern(pin: str) -> bool:
    """Steps that are all alike (000000, 123456, 975310), or a part said again (121212, 123123, 112233)."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    pairs = [pin[at : at + 2] for at in (0, 2, 4)]
    doubled = all(pair[0] == pair[1] for pair in pairs)
    return len(steps) == 1 or len(set(pin)) < 3 or pin[:3] == pin[3:] or len(set(pairs)) == 1 or doubled


def _is_date(pin: str) -> bool:
    """Day, month and year of two digits in either order, or a year at its beginning or end."""
    if YEARS.match(pin) or YEARS.fullmatch(pin[2:]):
        return True
    return any(_exists(pin[2:4], day) for day in (pin[:2], pin[4:]))


def _exists(month: str, day: str) -> bool:
    try:
        date(2000, int(month), int(day))  # a leap year: 29 February is somebody's birthday
    except ValueError:
        return False
    return True


class SecretValidator:
    """Django's validator over `faults`, for every form and command that sets a secret."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with a sentence for each fault."""
        roles = user.roles() if user is not None and user.pk else ()
        found = faults(
            password,
            pin=pin_allowed(roles),
            username=getattr(user, "username", ""),
            phone=getattr(user, "phone", "") or "",
        )
        if found:
            raise ValidationError([ValidationError(SENTENCES[code], code=code) for code in found])

    def get_help_text(self) -> str:
        return str(SENTENCES["pin_length"])
