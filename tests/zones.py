"""Zones to read: the specimens of ICAO Doc 9303 and invented ones. UTO is the state that does not exist."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from timpora.registry.mrz import written
from timpora.registry.mrz.layout import FORMATS

SPECIMENS = {
    "TD3": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "TD2": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "TD1": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "MRV-A": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    "MRV-B": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
}
LONG = {
    "TD1": "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
    "TD2": "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8",
}
# What somebody pastes around the lines, or in place of them.
NOISE = ("Nama: Anna\n", "  ", "\n\n", "<", "O", "0", "é", "«", "x" * 50, "\r\n", "P<UTO")

VISAS = ("MRV-A", "MRV-B")

_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_any = _letters + "0123456789"
_word = st.text(_letters, min_size=1, max_size=8)


def _dates(draw: Any) -> str:
    year, month, day = draw(st.integers(0, 99)), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    known = draw(st.sampled_from([3, 3, 3, 2, 1]))
    parts = [f"{part:02d}" if at < known else "<<" for at, part in enumerate((year, month, day))]
    return "".join(parts).rstrip("<")


@st.composite
def fields(draw: Any, format: str) -> dict[str, str]:
    """The fields of a zone of this format, as a Reading has them."""
    optional = {"TD3": 14, "TD2": 7, "TD1": 15, "MRV-A": 16, "MRV-B": 8}[format]
    longest = {"TD1": 20, "TD2": 13}.get(format, 9)
    number = draw(st.text(_any, min_size=1, max_size=longest))
    if len(number) > 9:
        optional -= len(number) - 9 + 2
    found = {
        "document_code": draw(st.sampled_from(["V"] if format in VISAS else ["P", "I", "PD", "AC", "ID"])),
        "issuing_state": draw(st.sampled_from(["UTO", "D", "TWN", "GBD", "XXB"])),
        "document_number": number,
        "nationality": draw(st.sampled_from(["UTO", "D", "CHN", "XXA"])),
        "date_of_birth": _dates(draw),
        "sex": draw(st.sampled_from(["M", "F", ""])),
        "date_of_expiry": _dates(draw),
        "optional_data": draw(st.text(_any, max_size=max(optional, 0))),
        "primary_identifier": " ".join(draw(st.lists(_word, min_size=1, max_size=2))),
        "secondary_identifier": " ".join(draw(st.lists(_word, max_size=1))),
    }  # fmt: skip
    if format == "TD1":
        found["optional_data_2"] = draw(st.text(_any, max_size=11))
    return found


SWAPPED = {"O": "0", "0": "O", "I": "1", "1": "I", "5": "S", "S": "5", "2": "Z", "8": "B", "B": "8"}
CHANGES = (
    str,
    str,
    str.lower,
    lambda text: text.replace("\n", ""),
    lambda text: text.replace("<<<<", "<<"),
    lambda text: text.replace("<<", "«"),
)


def damaged(chance: Random) -> str:
    """A zone of any format, whole or damaged as people and readers do, with other lines around it or not."""
    format = chance.choice(list(FORMATS))
    text = "\n".join(written(_drawn(chance, format), format))
    if chance.random() < 0.1:
        text = chance.choice([*LONG.values(), *SPECIMENS.values()])
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 8])):
        at = chance.randrange(len(text))
        other = [SWAPPED.get(text[at], text[at]), chance.choice(_any + "<"), "", text[at] * 2]
        text = text[:at] + chance.choice(other) + text[at + 1 :]
    if chance.random() < 0.2:
        text = chance.choice(NOISE) + text + chance.choice(NOISE)
    return str(chance.choice(CHANGES)(text))


def _drawn(chance: Random, format: str) -> dict[str, str]:
    """The fields of a zone, its dates not always of a calendar."""

    def word(signs: str, most: int) -> str:
        return "".join(chance.choices(signs, k=chance.randint(0, most)))

    month, day = chance.randint(0, 13), chance.randint(0, 31)
    return {
        "document_code": "V" if format in VISAS else chance.choice(["P", "PD", "I", "A"]),
        "issuing_state": chance.choice(["UTO", "D", "TWN"]),
        "document_number": word(_any, 9) or "X",
        "nationality": chance.choice(["UTO", "D", "CHN"]),
        "date_of_birth": f"{chance.randint(0, 99):02}{month:02}{day:02}",
        "sex": chance.choice("MFX "),
        "date_of_expiry": f"{chance.randint(0, 99):02}0131",
        "optional_data": word(_any, 7),
        "primary_identifier": word(_letters, 12) or "A",
        "secondary_identifier": word(_letters + " ", 20),
    }
