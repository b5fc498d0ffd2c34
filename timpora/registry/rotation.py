"""Sealed values and the keys they hang on: which columns hold some, and how they move to the newest key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from timpora.registry.models import IdentityDocument, Request, RequestClosure, Statement, StayPermit
from timpora.registry.models.request import SEALED_AS
from timpora.vault import SealBroken, Vault

BATCH = 500  # rows a transaction: on SQLite nobody else writes meanwhile


@dataclass(frozen=True)
class Sealed:
    """A column of sealed texts for one context; with `key`, texts under that key of a JSON column.

    Each app that seals names its columns in a tuple `SEALED`; `timpora vault` gathers them.
    """

    model: Any
    column: str
    context: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower} {self.key or self.column}"

    def text(self, row: Any) -> str:
        """The sealed text of a row."""
        held = getattr(row, self.column)
        return str(held[self.key] if self.key else held)

    def sealed(self) -> models.QuerySet[Any]:
        """The rows that hold a sealed text."""
        found: models.QuerySet[Any] = self.model.objects.filter(**{self._lookup: "v"})
        return found

    def behind(self, current: int) -> models.QuerySet[Any]:
        """The rows whose text was sealed with any other key than the current one's."""
        return self.sealed().exclude(**{self._lookup: f"v{current}."})

    def reseal(self, safe: Vault) -> Iterator[Moved]:
        """Moves every row to the current key, a batch a transaction, and says after each what was done.

        A row that no key opens is left as it is. Interrupted, it goes on where it stopped.
        """
        last = 0
        while True:
            with transaction.atomic():
                behind = self.behind(safe.version).filter(pk__gt=last)
                rows = list(behind.order_by("pk").select_for_update()[:BATCH])
                opened = [row for row in rows if self._resealed(row, safe)]
                self.model.objects.bulk_update(opened, [self.column])
            if not rows:
                return
            last = rows[-1].pk
            yield Moved(len(opened), len(rows) - len(opened))

    def _resealed(self, row: Any, safe: Vault) -> bool:
        """Whether the row's text could be opened; it then holds the new one, not saved yet."""
        held = getattr(row, self.column)
        try:
            text = safe.reseal(self.text(row), self.context)
        except SealBroken:
            return False
        setattr(row, self.column, held | {self.key: text} if self.key else text)
        return True

    @property
    def _lookup(self) -> str:
        return "__".join(filter(None, (self.column, self.key, "startswith")))


@dataclass(frozen=True)
class Moved:
    """One batch: rows resealed, and rows that no key opened."""

    resealed: int
    broken: int


SEALED = (
    Sealed(Statement, "values", "document", "document_number"),
    Sealed(Statement, "values", "permit", "permit_number"),
    Sealed(IdentityDocument, "number_sealed", "document"),
    Sealed(StayPermit, "number", "permit"),
    Sealed(Request, "words", SEALED_AS),
    Sealed(RequestClosure, "reason", SEALED_AS),
)
