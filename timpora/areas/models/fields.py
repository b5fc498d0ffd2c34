"""The column an area code or a search key stands in."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField

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
