"""Rows that are one statement's view of a person: a permit, an employment, a guarantor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from timpora.registry.models.statement import Statement

Values = tuple[Any, ...]


def rebuild(
    rows: models.QuerySet[Any],
    person: Any,
    statements: Iterable[Statement],
    fields: tuple[str, ...],
    *,
    prefix: str,
    alike: Callable[[Values], Values] = tuple,
) -> None:
    """Makes `rows` say what the statements say: each distinct set of values once, at its earliest statement.

    `fields` are statement fields; a column is named like its field without `prefix`. A statement that fills
    none of them says nothing of this kind. `alike` gives the same for two sets of values that say the same.
    """
    wanted: dict[Values, tuple[Statement, Values]] = {}
    for statement in statements:
        values = tuple(statement.values.get(field, "") for field in fields)
        if any(values):
            wanted.setdefault(alike(values), (statement, values))
    keep(rows, person, wanted, tuple(field.removeprefix(prefix) for field in fields), alike=alike)


def keep(
    rows: models.QuerySet[Any],
    person: Any,
    wanted: dict[Values, tuple[Statement, Values]],
    columns: tuple[str, ...],
    *,
    alike: Callable[[Values], Values] = tuple,
) -> None:
    """Makes `rows` be the `wanted` ones: what stands there already stays, the rest goes."""
    missing = dict(wanted)
    for row in rows.all():
        key = alike(tuple(getattr(row, column) for column in columns))
        if key in missing and missing[key][0].pk == row.statement_id:
            del missing[key]
        else:
            row.delete()
    for statement, values in missing.values():
        rows.model.objects.create(
            person=person, statement=statement, **dict(zip(columns, values, strict=True))
        )
