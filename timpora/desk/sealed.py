"""Every column of sealed values there is, gathered from the apps that hold some, and the key they need."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from timpora.exchange import sealed as lists
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.registry import rotation
from timpora.registry.rotation import Sealed
from timpora.reports import sealed
from timpora.rooms.models import Attachment, Incoming, Outgoing, Wording
from timpora.vault import SealBroken, Vault, VaultError, VaultExposed

# Rooms stand below the registry and can't name their columns in its words.
ROOMS = (
    Sealed(Wording, "sealed", "message"),
    Sealed(Attachment, "name", "attachment name"),
    Sealed(Attachment, "key", "attachment"),  # of a file: its bytes stay as they are
)
# Below the vault's layer: who wrote to the line, and where a stranger is answered, for moments.
LINE = (Sealed(Incoming, "sender", "line"), Sealed(Outgoing, "address", "line"))
COLUMNS = (*rotation.SEALED, *sealed.SEALED, *lists.SEALED, *ROOMS, *LINE)


class NumbersWait(Exception):
    """The database holds numbers that a new key would not open; the message says what to do."""


def said(fault: VaultError | NumbersWait) -> str:
    """What a key file says no with, in the reader's language: what is wrong, where, and what to do."""
    if isinstance(fault, NumbersWait):
        return str(fault)
    return " ".join(filter(None, (_(fault.sentence), str(fault.path or ""), _(fault.remedy))))


def create_key() -> Path:
    """The new key file, where VAULT_KEYS points. Raises VaultExposed, VaultPresent, NumbersWait."""
    path: Path = settings.VAULT_KEYS
    if not settings.DEMO and path.is_relative_to(settings.DATA):
        raise VaultExposed(path)
    tables = _tables()
    if any(column.model._meta.db_table in tables and column.sealed().exists() for column in COLUMNS):
        sentence = _(
            "This database holds numbers sealed with a key that is not here, which a new key would not open: "
            "put the copy of the key file back as %(path)s."
        )
        raise NumbersWait(sentence % {"path": path})
    Vault.create(path)
    if Entry._meta.db_table in tables:
        with book.writing():
            book.record("vault.created", by=book.SYSTEM, subject="vault:1")
    return path


def _tables() -> list[str]:
    # Asking must not make an empty SQLite file, which would look like a database.
    opened = connection.connection is not None
    if settings.SQLITE and not opened and not Path(connection.settings_dict["NAME"]).exists():
        return []
    return connection.introspection.table_names()


def left(safe: Vault) -> int:
    """How many values are not sealed with the current key."""
    return sum(column.behind(safe.version).count() for column in COLUMNS)


def unopened(safe: Vault) -> list[Sealed]:
    """The columns whose latest value these keys do not open: another installation's key file, most likely."""
    return [column for column in COLUMNS if not _opens(column, safe)]


def _opens(column: Sealed, safe: Vault) -> bool:
    row = column.sealed().order_by("-pk").first()
    if row is None:
        return True
    try:
        safe.open_(column.text(row), column.context)
    except SealBroken:
        return False
    return True
