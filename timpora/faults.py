"""What can be wrong with the database or a setting, in one sentence that ends in the remedy."""

import re

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import Error as DatabaseFault

from timpora.language import gettext as _

N_ = str  # marks a msgid for extraction

# What the engines say → what the operator reads. The first that fits wins.
SENTENCES = (
    (
        r"database (table )?is locked|database schema is locked",
        N_(
            "The database is locked by another program: stop that program (a second Timpora on the same "
            "DATA, an open database tool, a backup that copies the file) and start again."
        ),
    ),
    (
        r"database or disk is full|No space left on device|could not extend file|disk full",
        N_(
            "The disk of the database is full: free some space on it, or move DATA to a larger disk, "
            "and start again. Nothing was half-saved."
        ),
    ),
    (
        r"unable to open database file",
        N_(
            "The database file can't be opened: check that DATA names the right folder and that this "
            "user may read and write in it."
        ),
    ),
    (
        r"readonly database|read-only transaction|Read-only file system",
        N_(
            "The database can't be written: give this user the right to write the files in DATA, or on "
            "PostgreSQL connect to the primary server."
        ),
    ),
    (
        r"file is not a database|disk image is malformed|database corruption",
        N_("The database file is damaged: stop Timpora, keep the file aside and restore the latest backup."),
    ),
    (
        r"disk I/O error",
        N_(
            "The disk refused to read or write the database: look at the disk's health and free space, "
            "then start again."
        ),
    ),
    (
        r"no such table|no such column|relation .* does not exist|column .* does not exist",
        N_("The database is empty or older than this version: run `timpora migrate`, then start again."),
    ),
    (
        r"password authentication failed|no password supplied|role .* does not exist|Peer authentication",
        N_("PostgreSQL refused the user: check user name and password in DATABASE_URL."),
    ),
    (
        r"database .* does not exist",
        N_("PostgreSQL has no database of that name: create it (`createdb`), or correct DATABASE_URL."),
    ),
    (
        r"connection (failed|refused|is bad|timeout)|could not (connect|translate)|Connection refused|"
        r"couldn't get a connection|timeout expired|failed to resolve|server closed the connection",
        N_("PostgreSQL can't be reached: start it, or correct host and port in DATABASE_URL."),
    ),
    (
        r"too many connections|remaining connection slots",
        N_(
            "PostgreSQL has no connection left: raise its max_connections, or lower WEB_WORKERS and "
            "DATABASE_POOL."
        ),
    ),
)


def explained(fault: BaseException) -> str | None:
    """One line that says what is wrong and what to do, or None for a fault that is not the operator's."""
    if isinstance(fault, ImproperlyConfigured):
        return " ".join(str(fault).split())
    if not isinstance(fault, DatabaseFault | OSError):
        return None
    said = " ".join(str(fault).split())
    for pattern, sentence in SENTENCES:
        if re.search(pattern, said, re.IGNORECASE):
            return _(sentence)
    if isinstance(fault, PermissionError):
        return _("This user may not open %(file)s: correct its owner or mode.") % {"file": fault.filename}
    return None
