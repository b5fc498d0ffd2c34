"""Check digits, and which characters are taken for one another.

Source: ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1; A is 10, Z is 35, the filler 0; modulo 10.
"""

from __future__ import annotations

from collections.abc import Iterable

FILLER = "<"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
VALUE = {sign: value for value, sign in enumerate(ALPHABET)} | {FILLER: 0}
WEIGHTS = (7, 3, 1)

# What is meant by a letter where only digits may stand, and by a digit where only letters may.
AS_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
AS_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}
# Where both may stand: pairs that look alike and that a check digit tells apart. 6 and G are none.
ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "2": "Z", "Z": "2", "5": "S", "S": "5", "8": "B", "B": "8"}
# What no check digit tells apart, since the values differ by a multiple of 10: shown for a person to compare.
EQUAL = ("6G", "5F", "8I", "1B", "0AKU")


def check_digit(text: Iterable[str]) -> str:
    """The check digit of characters A–Z, 0–9 and "<"; KeyError for any other."""
    return str(sum(VALUE[sign] * WEIGHTS[at % 3] for at, sign in enumerate(text)) % 10)


def equals(sign: str) -> str:
    """The other characters that the check digits take for the same: "0" gives "AKU", "2" gives ""."""
    return "".join(group.replace(sign, "") for group in EQUAL if sign in group)
