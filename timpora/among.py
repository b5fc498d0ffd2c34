"""Whether a value is one of many: one value for the database, however many they are.

Django's `__in` gives each number a place of its own: a thousand take longer to write down than to look up,
and SQLite has places for 250,000.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import BooleanField, Func, Value

from timpora.prepared import Given


class Numbers(models.Field[Any, Any]):
    """Many whole numbers as one value: an array on PostgreSQL, a JSON text elsewhere."""

    def get_db_prep_value(self, value: Iterable[int], connection: Any, prepared: bool = False) -> Any:
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class Among(Func):
    """A condition for `filter`: the field's value is one of the numbers; of a prepared queryset's `Given`
    where a name stands in their place.
    """

    output_field = BooleanField()
    template = "(%(expressions)s)))"
    arg_joiner = " IN (SELECT value FROM json_each("

    def __init__(self, field: str, numbers: Iterable[int] | str) -> None:
        many = Numbers()
        given = isinstance(numbers, str)
        super().__init__(field, Given(numbers, many) if given else Value(list(numbers), many))  # type: ignore[arg-type]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(%(expressions)s::bigint[]))", arg_joiner=" = ANY(", **context
        )
