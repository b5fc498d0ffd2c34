"""What an area is called. Pure."""

import re
from collections.abc import Sequence

from timpora.areas import codes
from timpora.areas.codes import Level

PAPUA = frozenset({"91", "92", "93", "94", "95", "96"})
"""Provinces whose districts are called distrik (UU 21/2001 Pasal 1, UU 2/2021)."""

SHORT = {"provinsi": "Prov.", "kabupaten": "Kab.", "kecamatan": "Kec.", "kelurahan": "Kel."}
HEADS = {
    "negara": "presiden",
    "provinsi": "gubernur",
    "kabupaten": "bupati",
    "kota": "wali kota",
    "kecamatan": "camat",
    "distrik": "kepala distrik",
    "kelurahan": "lurah",
    "desa": "kepala desa",
}


def kind(code: str) -> str:
    """The official Indonesian word for what the code names; part of an address, so never translated.

    The digits say it: a kota's second pair starts at 71, a kelurahan's last four start with 1 (Permendagri
    58/2021).
    """
    match codes.level(code):
        case Level.NATION:
            return "negara"
        case Level.PROVINCE:
            return "provinsi"
        case Level.REGENCY:
            return "kota" if code[3] >= "7" else "kabupaten"
        case Level.DISTRICT:
            return "distrik" if code[:2] in PAPUA else "kecamatan"
        case Level.VILLAGE:
            return "kelurahan" if code[9] == "1" else "desa"


def head_title(code: str) -> str:
    """The title of who leads the area."""
    return HEADS[kind(code)]


def bare(code: str, name: str) -> str:
    """The name without what the official list prints before some: "Kudus", "Semarang", "Jakarta"."""
    match codes.level(code):
        case Level.REGENCY:
            return re.sub(r"^(Kabupaten|Kota)( Administrasi)?\s+", "", name)
        case Level.PROVINCE:
            return re.sub(r"^Daerah (Khusus Ibukota|Khusus|Istimewa)\s+", "", name)
        case _:
            return name


def full_name(code: str, name: str) -> str:
    """The name with its kind before it, once."""
    if codes.level(code) in (Level.NATION, Level.REGENCY):
        return name
    return f"{kind(code).capitalize()} {name}"


def short_name(code: str, name: str) -> str:
    """The name with its kind abbreviated: "Kec. Kaliwungu", "Kab. Kudus", "Kota Semarang"; provinces bare."""
    if codes.level(code) in (Level.NATION, Level.PROVINCE):
        return name
    word = kind(code)
    return f"{SHORT.get(word, word.capitalize())} {bare(code, name)}"


def place(above: Sequence[tuple[str, str]]) -> str:
    """Where something lies, from (code, name) of its ancestors, the nearest first.

    Two tiers up are enough to tell any two villages apart for a reader, so a village's province is left out.
    """
    return ", ".join(short_name(*step) for step in above[:2] if step[0] != codes.NATION)


def path(line: Sequence[tuple[str, str]]) -> str:
    """The name and where it lies, from (code, name) of an area and its ancestors, itself first."""
    code, name = line[0]
    first = full_name(code, name) if codes.level(code) in (Level.PROVINCE, Level.REGENCY) else name
    return " – ".join(filter(None, [first, place(line[1:])]))
