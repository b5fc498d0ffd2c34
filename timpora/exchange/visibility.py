"""What the screen shows of a row, and of what others say of the same person, by role and agency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from timpora.registry import masks, sealed
from timpora.registry.fields import ALL, SEALED, open_to
from timpora.registry.names import fold
from timpora.registry.partial_date import PartialDate, PartialDateError
from timpora.team.roles import SIGHT, Role
from timpora.vault import VaultError

IDENTIFYING = ("names", "birth_date")  # of whoever another list names, too: the name, and the birth year


def shown(values: Mapping[str, str], *, role: str, own: bool, shared: Collection[str] = ()) -> dict[str, str]:
    """The values of one source that a reader of this role is shown, in the order of fields.

    `own`: the reader's agency gave them; `shared`: the fields that both records name, the reader's and the
    giver's. A contributor reads its own rows whole, of another's name, birth year and shared fields; the
    tiers what their sight opens, numbers masked; everybody else nothing.
    """
    found = {name: values[name] for name in ALL if values.get(name)}
    if role == Role.CONTRIBUTOR:
        return (
            {name: _in_clear(name, value) for name, value in found.items()}
            if own
            else _of_others(found, shared)
        )
    return {name: _masked(name, value) for name, value in found.items() if name in open_to(SIGHT[role])}


def _of_others(found: Mapping[str, str], shared: Collection[str]) -> dict[str, str]:
    told = {}
    for name, value in found.items():
        if name == "birth_date" and name not in shared:
            told[name] = value[:4]
        elif name in IDENTIFYING or name in shared:
            told[name] = _masked(name, value)
    return told


def _in_clear(name: str, value: str) -> str:
    if name not in SEALED:
        return value
    try:
        return sealed.opened(name, value)
    except VaultError:
        return masks.DOTS


def _masked(name: str, value: str) -> str:
    return sealed.masked(name, value) if name in SEALED else value


@dataclass(frozen=True)
class Difference:
    """One field of which both sides say something: whether they agree, and what of each side is shown."""

    field: str
    same: bool
    mine: str
    theirs: str


def differences(
    mine: Mapping[str, str], theirs: Mapping[str, str], *, role: str, own: bool, shared: Collection[str] = ()
) -> tuple[Difference, ...]:
    """How two sources' words of one person compare, field by field: which differ is told to whoever sees the
    row, the other's value only where `shown` shows it. `own` says whether the reader's agency gave `mine`.
    """
    ours = shown(mine, role=role, own=own, shared=shared)
    others = shown(theirs, role=role, own=False, shared=shared)
    seen = [name for name in ALL if mine.get(name) and theirs.get(name) and (name in ours)]
    return tuple(
        Difference(name, alike(name, mine[name], theirs[name]), ours[name], others.get(name, ""))
        for name in seen
    )


def alike(name: str, one: str, other: str) -> bool:
    """Whether two values of a field say the same: numbers however spaced, words without case and accents,
    dates as far as both are known.
    """
    if name in SEALED:
        return sealed.comparable(name, one) == sealed.comparable(name, other)
    if name == "birth_date":
        try:
            return PartialDate.parse(one).agrees(PartialDate.parse(other))
        except PartialDateError:
            return one == other
    return fold(one) == fold(other)
