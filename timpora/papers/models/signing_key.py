from __future__ import annotations

import base64
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from timpora.ledger import book
from timpora.papers import signing


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def points(self) -> dict[str, bytes]:
        """Every public key that has ever signed here, by name."""
        return {name: base64.b64decode(point) for name, point in self.values_list("name", "point")}

    def sign(self, number: str, *, code: str, count: int, day: str, by: book.Actor) -> str:
        """The signed line for a paper; the key's public part is kept from its first use on."""
        name, point = signing.public()
        with book.writing():
            if not self.filter(name=name).exists():
                self.create(name=name, point=base64.b64encode(point).decode())
                book.record("signing_key.kept", by=by, subject=f"signing_key:{name}")
        return signing.signed(number, code=code, count=count, day=day)


class SigningKey(models.Model):
    """The public part of a key that has signed receipts: with it anybody checks them, also when it is old."""

    name = models.CharField(max_length=11, primary_key=True)
    point = models.CharField(max_length=100)
    since = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = SigningKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
