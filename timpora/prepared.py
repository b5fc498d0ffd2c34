"""Statements whose SQL is made once and run many times with other values.

For the few that every request, or every report taken in, runs: there Django spends more on making the SQL
than the database on answering it (docs/decisions/0011-prepared-statements.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression
from django.db.models.sql import InsertQuery

Row = TypeVar("Row")


class Given(Expression):
    """Stands in a queryset for a value that is given at each run; None then equals nothing."""

    def __init__(self, name: str, field: models.Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or models.TextField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Prepared(Generic[Row]):
    """Calling it gives the rows of a queryset in which `Given` stands for the values of the call.

    `queryset` is called once, at the first run. The rows are what iterating over the queryset would give;
    prefetches are not followed.
    """

    def __init__(self, queryset: Callable[[], models.QuerySet[Any]]) -> None:
        self._queryset = queryset
        self._made: tuple[models.QuerySet[Any], Any, str, tuple[Any, ...]] | None = None

    def __call__(self, **given: Any) -> list[Row]:
        queryset, compiler, sql, slots = self._made or self._make()
        values = tuple(_filled(slot, given) if isinstance(slot, Given) else slot for slot in slots)
        with cursor() as session:
            session.execute(sql, values)
            answer = session.fetchall()
        # Threads share what was made; each run has its own compiler, on its own connection.
        compiler, run, query = _twin(compiler), _twin(queryset), _twin(queryset.query)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.execute_sql = lambda *_args, **_kwargs: [answer]
        query.get_compiler = lambda *_args, **_kwargs: compiler
        run._query = query
        rows: Any = queryset._iterable_class(run)
        return list(rows)

    def _make(self) -> tuple[models.QuerySet[Any], Any, str, tuple[Any, ...]]:
        queryset = self._queryset()
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, slots = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _columns: converters
        self._made = (queryset, compiler, sql, tuple(slots))
        return self._made


def insert(row: models.Model, *, keyed: bool = True) -> None:
    """Stores a new row, as `row.save(force_insert=True)` would; its key is known afterwards (if `keyed`)."""
    sql, fields, key = _insertion(type(row))
    here = connections[DEFAULT_DB_ALIAS]  # the proxy `connection` would be asked for each field
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for field in fields]
    with cursor() as session:
        session.execute(sql, values)
        if keyed:
            setattr(row, key, session.fetchone()[0])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@contextmanager
def cursor() -> Iterator[Any]:
    """A cursor whose statements PostgreSQL plans once a connection; on SQLite Django's own.

    Values reach the server apart from the statement, so each needs a type: a field's, or Python's own.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    if here.vendor == "postgresql":
        with here._prepare_cursor(_planned()(here.connection)) as session:
            yield session
    else:
        with here.cursor() as session:
            yield session


@contextmanager
def pipeline() -> Iterator[None]:
    """PostgreSQL is sent the statements inside without a pause, and waited for where an answer is read.

    Only for statements of `cursor` and `insert`: what Django itself asks can't wait for its answer.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql":
        yield
        return
    here.ensure_connection()
    with here.wrap_database_errors, here.connection.pipeline():
        yield


@cache
def _planned() -> Any:
    # Every command would pay for PostgreSQL's driver, a tenth of its start, on SQLite, too.
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor


@cache
def _insertion(model: type[models.Model]) -> tuple[str, list[models.Field[Any, Any]], str]:
    """The statement, the fields whose values it takes, and the name of the key that the database gives."""
    key = model._meta.pk
    assert key is not None
    fields = [field for field in model._meta.concrete_fields if field is not key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
    compiler.returning_fields = [key]
    [(sql, _values)] = compiler.as_sql()
    return sql, fields, key.attname


def _twin(thing: Any) -> Any:
    """A shallow copy. `copy.copy` would run a queryset."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


def _filled(slot: Given, given: dict[str, Any]) -> Any:
    return slot.output_field.get_db_prep_value(given[slot.name], connections[DEFAULT_DB_ALIAS])
