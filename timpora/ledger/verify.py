"""Checking the chain: does every entry still say what it said when it was written?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db import connection
from django.utils.translation import gettext as _

from timpora.ledger.models import GENESIS, SEPARATOR

_CHAIN = (
    "SELECT number, at, action, actor, mandate, post, area, subject, fields, detail, previous, digest"
    " FROM ledger_entry WHERE number > %s ORDER BY number"
)


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many entries fit, the head's digest, and the first that does not fit."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def verify(since: int = 0, head: str = "") -> Verdict:
    """The whole chain's verdict, or that of the entries after number `since` (which is trusted).

    `head` is a digest noted at an earlier check: a chain whose end was cut off no longer holds it.
    """
    if head:
        _number_of(head)
    previous, expected, count = _digest_of(since), since + 1, 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN, [since])
        while rows := cursor.fetchmany(5000):
            for row in rows:
                if row[0] != expected:
                    return Verdict(count, previous, expected, "missing")
                if row[10] != previous:
                    return Verdict(count, previous, row[0], "unlinked")
                if sha256(SEPARATOR.join(map(str, row[:11])).encode()).hexdigest() != row[11]:
                    return Verdict(count, previous, row[0], "changed")
                previous = row[11]
                expected += 1
                count += 1
    changed = _first_changed_detail(since)
    if changed is not None:
        return Verdict(count, previous, changed, "detail")
    return Verdict(count, previous)


def _digest_of(number: int) -> str:
    if number == 0:
        return GENESIS
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM ledger_entry WHERE number = %s", [number])
        row = cursor.fetchone()
    if row is None:
        raise ValueError(_("the ledger has no entry %(n)d") % {"n": number})
    return str(row[0])


def _number_of(digest: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM ledger_entry WHERE digest = %s", [digest])
        row = cursor.fetchone()
    if row is None:
        raise ValueError(_("the digest noted earlier no longer stands in the ledger: its end was cut off"))
    return int(row[0])


def _first_changed_detail(since: int) -> int | None:
    """The first entry whose values stand in the book but are not those that were written."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'SELECT e.number, e.detail, d.salt, d."values" FROM ledger_detail d'
            " JOIN ledger_entry e ON e.number = d.entry WHERE d.entry > %s ORDER BY d.entry",
            [since],
        )
        while rows := cursor.fetchmany(5000):
            for number, digest, salt, values in rows:
                if sha256(f"{salt}{SEPARATOR}{values}".encode()).hexdigest() != digest:
                    return int(number)
    return None
