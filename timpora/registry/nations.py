"""Nationalities as ISO 3166 codes, and the codes ICAO adds for people whom ISO does not know.

One word on a list ("Cina", "RRT", "KORSEL", "D") finds one nation; the caller keeps the word as it was
written beside the code. Loaded on first use and kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import translation
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from rapidfuzz import fuzz

from .names import fold

Kind = Literal["state", "british", "stateless", "refugee", "unspecified", "organization"]
INDONESIA = "IDN"

# A misspelt word is taken as a nation only when it is this close (of 100) and this far ahead of the next.
FIND_RATIO, FIND_LEAD = 86, 5
SEARCH_RATIO = 70
_CITIZEN_OF = re.compile(r"^(warga negara|warganegara|warga|wna|wn|negara|the) (?=.)")


@dataclass(frozen=True, slots=True)
class Nation:
    """A nationality: `code` is ISO 3166-1 alpha-3 or ICAO Doc 9303's own three letters.

    `state` is the ISO code it is grouped under (GBR for British variants), None where there is no state.
    """

    code: str
    kind: Kind
    alpha_2: str | None = None
    state: str | None = None

    @property
    def indonesian(self) -> bool:
        """Whether this is Indonesia itself, whose citizens no report is about."""
        return self.code == INDONESIA

    def name(self, locale: str = "id") -> str:
        """The nation's short name in `locale`, as `name(code, locale)`."""
        return name(self.code, locale)


def get(code: str) -> Nation | None:
    """The nation of exactly this canonical code, None for any other text."""
    return _nations().get(code)


def find(text: str) -> Nation | None:
    """The one nation meant by a code, a name in Indonesian or English, an alias or a near misspelling.

    None when nothing fits or two nations fit alike: a person must choose then. Indonesia is found too.
    """
    wanted = _plain(text)
    if not wanted or len(wanted) > 80:
        return None
    code = _forms().get(wanted) or _forms().get(_CITIZEN_OF.sub("", wanted))
    return _nations()[code] if code else _nearest(_CITIZEN_OF.sub("", wanted))


def search(text: str, limit: int = 8, locale: str = "id") -> list[Nation]:
    """Up to `limit` nations for what was typed so far, the likeliest first, then by name in `locale`."""
    wanted = _plain(text)[:80]
    if not wanted:
        return []
    best: dict[str, float] = {}
    for form, code in _forms().items():
        score = _closeness(wanted, form)
        if score > best.get(code, SEARCH_RATIO - 1):
            best[code] = score
    ranked = sorted(best, key=lambda code: (-best[code], name(code, locale)))
    return [_nations()[code] for code in ranked[:limit]]


def codes() -> list[str]:
    """Every code of three letters that means a nationality, those that are not canonical too, sorted."""
    known = {code for code, nation in _nations().items() if nation.kind != "organization"}
    return sorted(known | {alias for alias in _data()["codes"] if len(alias) == 3})


def choices(locale: str = "id") -> list[tuple[str, str]]:
    """(code, name) of every nationality, by name, Indonesia and organizations left out."""
    shown = [n.code for n in _nations().values() if not n.indonesian and n.kind != "organization"]
    return sorted(((code, name(code, locale)) for code in shown), key=lambda pair: fold(pair[1]))


@cache
def name(code: str, locale: str = "id") -> str:
    """The nation's short name in `locale` (a Babel or Django code); the code itself when it is unknown."""
    nation = _nations().get(code)
    if nation is None:
        return code
    data = _data()
    language = locale.replace("_", "-").split("-")[0]
    own = {**data["names"].get(code, {}), **data["own"].get(code, {})}
    if language in own or not nation.alpha_2:
        return str(own.get(language) or own["en"])
    return str(Locale.parse(locale.replace("-", "_")).territories.get(nation.alpha_2, code))


def _nearest(wanted: str) -> Nation | None:
    """The one nation whose full name is nearly `wanted`, clearly ahead of every other."""
    if len(wanted) < 5:
        return None
    best: dict[str, float] = {}
    for form, code in _forms().items():
        if len(form) >= 4:
            best[code] = max(best.get(code, 0.0), fuzz.ratio(wanted, form))
    first, second = sorted(best, key=lambda code: (-best[code], code))[:2]
    sure = best[first] >= FIND_RATIO and best[first] - best[second] >= FIND_LEAD
    return _nations()[first] if sure else None


def _closeness(wanted: str, form: str) -> float:
    """How well typed letters fit one name: exact 200, beginning 180, a later word 160, else likeness."""
    if form == wanted:
        return 200
    if form.startswith(wanted):
        return 180 - min(len(form) - len(wanted), 15)
    if f" {wanted}" in form:
        return 160
    if len(wanted) < 3 or len(form) < 4:
        return 0
    typed = form[: len(wanted) + 1]
    return float(max(fuzz.ratio(wanted, form), fuzz.ratio(wanted, typed) - 5))


def _plain(text: str) -> str:
    return fold(text.replace(".", "").replace("&", " and "))


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / "data" / "nations.json").read_text("utf-8")))


@cache
def _nations() -> dict[str, Nation]:
    import pycountry  # 40 ms, which a process that never meets a nationality need not pay

    found = {c.alpha_3: Nation(c.alpha_3, "state", c.alpha_2, c.alpha_3) for c in pycountry.countries}
    for code, row in _data()["own"].items():
        state = row.get("state") or (code if row["kind"] == "state" else None)
        found[code] = Nation(code, row["kind"], row.get("alpha_2"), state)
    return found


@cache
def _forms() -> dict[str, str]:
    """Every folded way to write a nation → its code; our own table wins over ISO and CLDR."""
    data = _data()
    forms: dict[str, str] = {_plain(alias): code for alias, code in data["codes"].items()}
    for code in _nations():
        forms.setdefault(_plain(code), code)
    for code, aliases in data["aliases"].items():
        for alias in aliases:
            forms.setdefault(_plain(alias), code)
    for code, form in _names_everywhere():
        forms.setdefault(_plain(form), code)
    return forms


def _names_everywhere() -> Iterator[tuple[str, str]]:
    """(code, name) from our own table, CLDR and ISO in both languages, then the two-letter codes."""
    for code in _nations():
        yield from ((code, name(code, locale)) for locale in ("id", "en"))
    import pycountry

    indonesian = translation("iso3166-1", pycountry.LOCALES_DIR, ["id"], fallback=True)
    cldr = [Locale.parse(locale).territories for locale in ("id", "en")]
    for country in pycountry.countries:
        yield from ((country.alpha_3, names[country.alpha_2]) for names in cldr if country.alpha_2 in names)
        for field in ("name", "common_name", "official_name"):
            english = getattr(country, field, None)
            if english:
                yield from ((country.alpha_3, form) for form in (english, indonesian.gettext(english)))
    yield from ((nation.code, nation.alpha_2) for nation in _nations().values() if nation.alpha_2)
