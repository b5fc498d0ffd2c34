"""Writing in the ledger: every act and its entry commit together or not at all."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from timpora import prepared
from timpora.ledger.models import CHAINED, GENESIS, SEPARATOR, chain_digest, detail_digest

# Any number, the same in every process: PostgreSQL's lock that makes the chain a chain.
CHAIN_LOCK = 0x7109
LAST = "SELECT number, digest FROM ledger_entry ORDER BY number DESC LIMIT 1"
_COLUMNS, _PLACES = ", ".join((*CHAINED, "digest")), ", ".join(["%s"] * (len(CHAINED) + 1))
ADD_ENTRY = " ".join(("INSERT INTO ledger_entry (", _COLUMNS, ") VALUES (", _PLACES, ")"))
ADD_DETAIL = 'INSERT INTO ledger_detail (entry, salt, "values") VALUES (%s, %s, %s)'


class Actor(Protocol):
    """Who acts: a Mandate, a User before any mandate is chosen, or the system."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def mandate_id(self) -> int | None: ...
    @property
    def post_id(self) -> int | None: ...


@dataclass(frozen=True)
class _System:
    user_id: int | None = None
    mandate_id: int | None = None
    post_id: int | None = None


SYSTEM = _System()
# The person whose data they are, on a page of their own: no user, no post; the entry names their link.
SUBJECT = _System()


@dataclass(frozen=True)
class _Act:
    at: int
    action: str
    by: Actor
    area: str
    subject: str
    fields: str
    detail: dict[str, Any] | None


class _Open(threading.local):
    acts: list[_Act] | None = None
    moment: datetime | None = None


_open = _Open()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction whose acts reach the ledger as its very last statement.

    The chain's lock is taken only there, so a long verb never makes other offices wait. Nested uses
    are savepoints: acts of a part that is rolled back are forgotten with it.
    """
    acts = _open.acts
    if acts is None:
        _open.acts = acts = []
        try:
            with transaction.atomic():
                yield
                _append(acts)
        finally:
            _open.acts = _open.moment = None
        return
    mark = len(acts)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del acts[mark:]
        raise


def moment() -> datetime:
    """The one moment of the open transaction, the present outside one.

    What one verb ends and begins at this moment leaves no instant in between that knows neither, or both.
    It is taken at the first asking: whoever has waited for a lock by then acts after the lock's holder.
    """
    if _open.acts is None:
        return timezone.now()
    if _open.moment is None:
        _open.moment = timezone.now()
    return _open.moment


def record(
    action: str,
    *,
    by: Actor,
    area: str = "",
    subject: str = "",
    fields: tuple[str, ...] = (),
    detail: dict[str, Any] | None = None,
) -> None:
    """Note one act of the open transaction. `detail` holds what must stay erasable.

    Raises RuntimeError outside `writing()`: an act without its entry must not be possible.
    """
    if _open.acts is None:
        raise RuntimeError(f"{action} was recorded outside book.writing()")
    columns = (action, area, subject, *fields)
    if any(SEPARATOR in column for column in columns):
        raise ValueError("a ledger column holds ids, codes and field names only")
    at = time.time_ns() // 1000
    _open.acts.append(_Act(at, action, by, area, subject, ",".join(fields), detail))


def _append(acts: list[_Act]) -> None:
    """Links the acts to the chain's end. Plain SQL: every verb of every office passes through here."""
    if not acts:
        return
    with prepared.pipeline(), prepared.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        cursor.execute(LAST)
        number, previous = cursor.fetchone() or (0, GENESIS)
        entries: list[tuple[int | str | None, ...]] = []
        details: list[tuple[int | str, ...]] = []
        for act in acts:
            number += 1
            digest_of_detail = ""
            if act.detail:
                salt, values = (
                    secrets.token_hex(16),
                    json.dumps(act.detail, sort_keys=True, ensure_ascii=False),
                )
                digest_of_detail = detail_digest(salt, values)
                details.append((number, salt, values))
            columns = (
                number, act.at, act.action, act.by.user_id, act.by.mandate_id, act.by.post_id,
                act.area, act.subject, act.fields, digest_of_detail, previous,
            )  # fmt: skip
            previous = chain_digest(*columns)
            entries.append((*columns, previous))
        for entry in entries:
            cursor.execute(ADD_ENTRY, entry)
        for detail in details:
            cursor.execute(ADD_DETAIL, detail)
