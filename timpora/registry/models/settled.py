"""Rows that are one statement's view of a person: a permit, an employment, a guarantor, a family link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from timpora.registry.models.statement import Statement


def rebuild(
    rows: models.QuerySet[Any],
    person: Any,
    statements: Iterable[Statement],
    fields: tuple[str, ...],
    *,
    needs: str,
    prefix: str,
) -> None:
    """Makes `rows` say what the statements say: each distinct set of values once, at its earliest statement.

    `fields` are statement fields; a column is named like its field without `prefix`. Statements without
    `needs` say nothing of this kind.
    """
    wanted: dict[tuple[Any, ...], Statement] = {}
    for statement in statements:
        if statement.values.get(needs):
            wanted.setdefault(tuple(statement.values.get(field, "") for field in fields), statement)
    columns = [field.removeprefix(prefix) for field in fields]
    for row in rows.all():
        values = tuple(getattr(row, column) for column in columns)
        if values in wanted and wanted[values].pk == row.statement_id:
            del wanted[values]
        else:
            row.delete()
    for values, statement in wanted.items():
        rows.model.objects.create(
            person=person, statement=statement, **dict(zip(columns, values, strict=True))
        )
