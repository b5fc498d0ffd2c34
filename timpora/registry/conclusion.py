"""What the registry concludes from statements: a pure fold, so that taking one away gives the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from timpora.registry.fields import LASTING


class Said(Protocol):
    """What a statement must have to be folded."""

    @property
    def pk(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def as_of(self) -> Any: ...
    @property
    def said_at(self) -> Any: ...
    @property
    def values(self) -> dict[str, Any]: ...


class Value(NamedTuple):
    """A concluded value and the statement it comes from."""

    value: Any
    statement: Said


def conclude(statements: Iterable[Said]) -> dict[str, Value]:
    """The value of every field: the newest said, but what an officer set right of who somebody is lasts.

    The order statements are given in does not matter; empty values never replace what was said.
    """
    best: dict[str, tuple[tuple[Any, ...], Value]] = {}
    for statement in statements:
        for field, value in statement.values.items():
            if value in ("", None):
                continue
            corrected = field in LASTING and statement.source == "officer"
            rank = (corrected, statement.as_of, statement.said_at, statement.pk)
            if field not in best or rank > best[field][0]:
                best[field] = (rank, Value(value, statement))
    return {field: value for field, (_rank, value) in best.items()}
