from __future__ import annotations

from django.db import models

from timpora.ledger import book


class Origin(models.Model):
    """Whose a row was before a merger brought it to another person, for the day on which they are parted.

    All are plain values: the row may be of any app, a report's for one. It is gone when the row is back.
    """

    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    person = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(default=book.moment)
    # Of a claim that merging has raised: the person whose residence it stands against.
    against = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="origin_once", fields=["table", "row"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row} was of person {self.person}"
