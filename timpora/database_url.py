"""What DATABASE_URL says."""

import warnings
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from timpora.datafolder import DATABASE
from timpora.language import gettext as _


def named_database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database that DATABASE_URL names, SQLite in `data` where it is empty.

    Raises ImproperlyConfigured. The value is repeated nowhere: a password may stand in it.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            named: dict[str, Any] = environ.Env.db_url_config(url or f"sqlite:///{data / DATABASE}")
    except (KeyError, ValueError):
        named = {}
    if not named.get("ENGINE", "").endswith((".sqlite3", ".postgresql")):
        raise ImproperlyConfigured(
            _(
                "DATABASE_URL names no database that Timpora knows: write it like "
                "postgres://user:password@host/name, or leave it out for SQLite in DATA."
            )
        )
    return named
