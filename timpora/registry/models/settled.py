"""Rows that are one statement's view of a person: a permit, an employment, a guarantor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import models

from timpora.prepared import Given, Prepared, insert
from timpora.registry.models.statement import Statement

Values = tuple[Any, ...]


def standing(model: type[models.Model], person: models.Model, *, new: bool) -> list[Any]:
    """The rows of a model that stand of a person; of somebody `new` none, and none are looked for."""
    return [] if new else _of_person(model)(person=person.pk)


@cache
def _of_person(model: Any) -> Prepared[Any]:
    return Prepared(lambda: model.objects.filter(person=Given("person", models.BigIntegerField())))


def rebuild(
    model: type[models.Model],
    person: Any,
    statements: Iterable[Statement],
    fields: tuple[str, ...],
    *,
    prefix: str,
    new: bool,
    alike: Callable[[Values], Values] = tuple,
) -> None:
    """Makes a model's rows of a person say what the statements say: each distinct set of values once, at its
    earliest statement.

    `fields` are statement fields; a column is named like its field without `prefix`. A statement that fills
    none of them says nothing of this kind. `alike` gives the same for two sets of values that say the same.
    """
    wanted: dict[Values, tuple[Statement, Values]] = {}
    for statement in statements:
        values = tuple(statement.values.get(field, "") for field in fields)
        if any(values):
            wanted.setdefault(alike(values), (statement, values))
    keep(model, person, wanted, tuple(field.removeprefix(prefix) for field in fields), new=new, alike=alike)


def keep(
    model: type[models.Model],
    person: Any,
    wanted: dict[Values, tuple[Statement, Values]],
    columns: tuple[str, ...],
    *,
    new: bool,
    alike: Callable[[Values], Values] = tuple,
) -> None:
    """Makes a model's rows of a person be the `wanted` ones: what stands there stays, the rest goes."""
    missing = dict(wanted)
    for row in standing(model, person, new=new):
        key = alike(tuple(getattr(row, column) for column in columns))
        if key in missing and missing[key][0].pk == row.statement_id:
            del missing[key]
        else:
            row.delete()
    for statement, values in missing.values():
        row = model(person=person, statement=statement, **dict(zip(columns, values, strict=True)))
        insert(row, keyed=False)
