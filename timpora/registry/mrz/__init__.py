"""The machine-readable zone of a travel document: read, checked and written. Pure, no Django.

Source: ICAO Doc 9303, parts 3 (characters, check digits, names, dates), 4 (TD3), 5 (TD1), 6 (TD2), 7 (MRV).
static/js/mrz.js reads the same on the device; a test holds both to the same answers.
"""

from .digits import check_digit
from .reading import Mark, Reading, Unreadable, read
from .writing import written

__all__ = ["Mark", "Reading", "Unreadable", "check_digit", "read", "written"]
