"""The ledger's rows: entries that never change, and the erasable values beside them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models

# Between two columns of a hashed entry; it occurs in none, because columns hold ids and codes only.
SEPARATOR = "\x1f"
GENESIS = "0" * 64
CHAINED = (
    "number", "at", "action", "actor", "mandate", "post", "area", "subject", "fields", "detail", "previous",
)  # fmt: skip


def chain_digest(*columns: object) -> str:
    """The entry's hash as 64 hex digits: SHA-256 over every column in the order of `CHAINED`."""
    return sha256(SEPARATOR.join([str(column) for column in columns]).encode()).hexdigest()


def detail_digest(salt: str, values: str) -> str:
    """What an entry keeps of its erasable values: salted, so that erased values can't be guessed back."""
    return sha256(f"{salt}{SEPARATOR}{values}".encode()).hexdigest()


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: str) -> EntryQuerySet:
        return self.filter(subject=subject)

    def after(self, number: int) -> EntryQuerySet:
        return self.filter(number__gt=number).order_by("number")


class Entry(models.Model):
    """One act: who did what to which subject, when, under which mandate (rules of the ledger: README).

    Every column holds ids, codes and field names only; names, numbers, reasons and search terms stand
    in `Detail`. Rows are written by `book.record` alone; the database refuses to change or delete them.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()  # microseconds since 1970, UTC: hashed and compared as a whole number
    action = models.CharField(max_length=60)
    actor = models.BigIntegerField(null=True)
    mandate = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    area = models.CharField(max_length=13, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    fields = models.CharField(max_length=250, blank=True)
    detail = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "number"], name="entry_subject"),
            models.Index(fields=["actor", "number"], name="entry_actor"),
            models.Index(fields=["action", "number"], name="entry_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at / 1_000_000, UTC)

    @property
    def values(self) -> dict[str, Any]:
        """The erasable values of this entry; empty where it has none or they were erased."""
        row = Detail.objects.filter(entry=self.number).first()
        return json.loads(row.values) if row else {}


class Detail(models.Model):
    """The erasable values of an entry: deleting this row keeps the chain valid."""

    entry = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    values = models.TextField()

    def __str__(self) -> str:
        return f"detail of {self.entry}"


class Cursor(models.Model):
    """How far a reader of the ledger has come; reactions resume here."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.number}"
