"""Where each format has its fields. Places count from 0 through all lines of a zone, line after line.

Source: ICAO Doc 9303 part 4 (TD3), part 5 (TD1), part 6 (TD2), part 7 (MRV-A and MRV-B).
"""

from __future__ import annotations

from dataclasses import dataclass

LETTERS = ("document_code", "issuing_state", "nationality", "names")
DATES = ("date_of_birth", "date_of_expiry")
ANY = ("document_number", "optional_data", "optional_data_2")


@dataclass(frozen=True, slots=True)
class Format:
    """One layout: `spans` are fields by their first and past-the-last place, `checks` a field's check digit.

    `composite` is the place of the digit over all of `covered`, None where there is none (visas).
    """

    name: str
    rows: int
    width: int
    spans: dict[str, tuple[int, int]]
    checks: dict[str, int]
    composite: int | None = None
    covered: tuple[tuple[int, int], ...] = ()

    @property
    def size(self) -> int:
        """The characters of all lines."""
        return self.rows * self.width


def _two_lines(name: str, width: int, optional: int, *, is_visa: bool = False) -> Format:
    """TD2, TD3 and the visas: names above, everything else below; `optional` places of optional data."""
    at = width
    spans = {
        "document_code": (0, 2), "issuing_state": (2, 5), "names": (5, width),
        "document_number": (at, at + 9), "nationality": (at + 10, at + 13),
        "date_of_birth": (at + 13, at + 19), "sex": (at + 20, at + 21),
        "date_of_expiry": (at + 21, at + 27), "optional_data": (at + 28, at + 28 + optional),
    }  # fmt: skip
    checks = {"document_number": at + 9, "date_of_birth": at + 19, "date_of_expiry": at + 27}
    if is_visa:
        return Format(name, 2, width, spans, checks)
    last = 2 * width - 1
    if name == "TD3":  # the personal number has a digit of its own
        checks["optional_data"] = last - 1
    return Format(name, 2, width, spans, checks, last, ((at, at + 10), (at + 13, at + 20), (at + 21, last)))


TD1 = Format(
    "TD1", 3, 30,
    {
        "document_code": (0, 2), "issuing_state": (2, 5), "document_number": (5, 14),
        "optional_data": (15, 30), "date_of_birth": (30, 36), "sex": (37, 38), "date_of_expiry": (38, 44),
        "nationality": (45, 48), "optional_data_2": (48, 59), "names": (60, 90),
    },
    {"document_number": 14, "date_of_birth": 36, "date_of_expiry": 44},
    59, ((5, 30), (30, 37), (38, 45), (48, 59)),
)  # fmt: skip
TD2 = _two_lines("TD2", 36, 7)
TD3 = _two_lines("TD3", 44, 14)
MRV_A = _two_lines("MRV-A", 44, 16, is_visa=True)
MRV_B = _two_lines("MRV-B", 36, 8, is_visa=True)
FORMATS = {each.name: each for each in (TD3, MRV_A, TD1, TD2, MRV_B)}
# A number longer than nine characters runs on into the optional data (parts 5 and 6).
LONG_NUMBER = ("TD1", "TD2")
