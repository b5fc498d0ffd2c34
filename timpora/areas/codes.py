"""Arithmetic on Kemendagri area codes, without a database.

A code names its own ancestors: "33.19.01.2001" is a village of the district "33.19.01" of the regency "33.19"
of the province "33". The nation is "ID". Source of the scheme: Permendagri 58/2021, codes by Kepmendagri
300.2.2-2138/2025.

In byte order "33.19" < "33.19.01" < "33.19/" < "33.2", because "/" follows "." and precedes the digits. So
everything at or below a code is one half-open range, which an index answers; that is why columns of codes
compare by bytes (`models.CodeField`).
"""

import re
from collections.abc import Iterable

from django.db.models import IntegerChoices, Q
from django.utils.translation import gettext_lazy as _

NATION = "ID"
"""The code of the whole country; the parent of every province."""

LENGTH = 13
"""Characters of the longest code, a village's."""

PATTERN = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)


class Level(IntegerChoices):
    """The tiers, from the nation down."""

    NATION = 0, _("nation")
    PROVINCE = 1, _("province")
    REGENCY = 2, _("regency or city")
    DISTRICT = 3, _("district")
    VILLAGE = 4, _("village")


def is_code(text: str) -> bool:
    """True when `text` has the shape of a code; says nothing about whether such an area exists."""
    return text == NATION or PATTERN.fullmatch(text) is not None


def level(code: str) -> Level:
    """The tier a code stands on."""
    return Level.NATION if code == NATION else Level(code.count(".") + 1)


def parent(code: str) -> str | None:
    """The code one tier up; None for the nation."""
    if code == NATION:
        return None
    return code.rpartition(".")[0] or NATION


def ancestors(code: str) -> tuple[str, ...]:
    """The code itself first, then each tier up, the nation last."""
    above = parent(code)
    return (code,) if above is None else (code, *ancestors(above))


def at(level: Level, code: str) -> str | None:
    """The ancestor of `code` (or itself) on a tier; None when the code stands above that tier."""
    line = ancestors(code)[::-1]
    return line[level] if level < len(line) else None


def within(code: str, prefix: str) -> bool:
    """True when `code` is `prefix` or lies below it."""
    return prefix == NATION or code == prefix or code.startswith(prefix + ".")


def within_any(code: str, prefixes: Iterable[str]) -> bool:
    """True when `code` lies at or below any of `prefixes`; False when there are none."""
    return any(within(code, prefix) for prefix in prefixes)


def prefix_range(code: str) -> tuple[str, str]:
    """Bounds (low, high) such that low <= x < high holds for exactly the codes at or below `code`."""
    # Every code starts with a digit or is "ID", and "J" follows both.
    return ("0", "J") if code == NATION else (code, code + "/")


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes without those that lie below another of them, sorted."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if code == NATION:
            return (NATION,)
        if not kept or not within(code, kept[-1]):
            kept.append(code)
    return tuple(kept)


def under(field: str, codes: Iterable[str]) -> Q:
    """A condition "`field` holds a code at or below any of `codes`", as index ranges.

    `field` is a column of codes or a foreign key to Area ("area", "residence__area"). The nation gives `Q()`,
    which every row meets; no codes give a condition that no row meets.
    """
    condition = Q(pk__in=())
    for code in outermost(codes):
        if code == NATION:
            return Q()
        low, high = prefix_range(code)
        condition |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return condition
