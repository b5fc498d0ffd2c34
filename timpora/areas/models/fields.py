"""The columns of areas and offices: of a code or a search key, and of a number that an office sets."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, PositiveSmallIntegerField

from timpora.areas.codes import LENGTH


class CodeField(CharField):
    """A text column that compares by bytes, so that `codes.under` is one range of an index on every engine.

    A linguistic collation ignores dots and would scatter the villages of a district. SQLite compares by bytes
    by itself. Foreign keys to such a column inherit its collation.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LENGTH)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        """The column's type, with the collation "C" on PostgreSQL."""
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's type, spelled so that Django adds no second index for LIKE: one serves both here."""
        kind = super().db_type(connection)
        if kind and connection.vendor == "postgresql":
            return kind.replace("varchar", "character varying")
        return kind


def number(
    label: Any, *, default: int, least: int, most: int, says: Any
) -> "PositiveSmallIntegerField[float | int | str, int]":
    """A whole number from `least` to `most` that an office sets; `default` is proposed, `says` its help."""
    bounds = [MinValueValidator(least)] if least else []
    return PositiveSmallIntegerField(
        label, default=default, validators=[*bounds, MaxValueValidator(most)], help_text=says
    )
